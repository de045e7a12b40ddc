using System.Buffers;

namespace AnyFetch.Search.Segments;

/// <summary>
/// Collects bytes: all of them in memory, or in passing on to a stream together with their checksum. Not for two
/// threads.
/// </summary>
internal sealed class ByteSink(Stream? stream = null) : IDisposable
{
    private const int PassOnBytes = 1 << 18;

    /// <summary>So few bytes are copied sooner than a call is made: the positions of a posting are one or two.</summary>
    private const int ShortBytes = 4;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(1 << 12);
    private int _length;
    private long _passedOn;

    /// <summary>Bytes so far.</summary>
    public long Position => _passedOn + _length;

    /// <summary>What was not passed on; everything when there is no stream.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Of all that was passed on.</summary>
    public uint Checksum { get; private set; } = Segments.Checksum.Seed;

    public void Write(byte value)
    {
        EnsureRoom(1);
        _bytes[_length++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        EnsureRoom(bytes.Length);
        var target = _bytes.AsSpan(_length, bytes.Length);
        if (bytes.Length <= ShortBytes)
        {
            for (var i = 0; i < bytes.Length; i++)
                target[i] = bytes[i];
        }
        else
        {
            bytes.CopyTo(target);
        }

        _length += bytes.Length;
    }

    public void WriteVarint(ulong value)
    {
        EnsureRoom(Varint.BytesMax);
        _length += Varint.Write(_bytes.AsSpan(_length), value);
    }

    /// <summary>Room to fill in at once.</summary>
    public Span<byte> Take(int count)
    {
        EnsureRoom(count);
        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }

    /// <summary>Adds zeros up to a multiple of eight.</summary>
    public void Align()
    {
        while (Position % sizeof(ulong) != 0)
            Write(0);
    }

    public void Clear() => _length = 0;

    /// <summary>Passes on what there is. Only the last time may it end between multiples of eight.</summary>
    public void PassOn(bool isEnd)
    {
        var count = isEnd ? _length : _length & ~7;
        var part = _bytes.AsSpan(0, count);
        Checksum = Segments.Checksum.Add(Checksum, part);
        stream!.Write(part);
        _bytes.AsSpan(count, _length - count).CopyTo(_bytes);
        _length -= count;
        _passedOn += count;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private void EnsureRoom(int count)
    {
        if (stream is not null && _length >= PassOnBytes)
            PassOn(isEnd: false);
        if (_length + count <= _bytes.Length)
            return;
        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, _bytes.Length * 2));
        Bytes.CopyTo(grown);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = grown;
    }
}
