namespace AnyFetch.Streams;

/// <summary>A content of a known length that is read from anywhere; beyond its end there is nothing.</summary>
/// <param name="length">How many bytes it has.</param>
internal abstract class SeekableStream(long length) : ReadOnlyStream
{
    private long _position;

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = Math.Max(0, value);
    }

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, length - _position);
        var read = wanted > 0 ? ReadAt(_position, buffer[..wanted]) : 0;
        _position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    /// <summary>Reads some of what is wanted; none of it lies beyond the end.</summary>
    /// <param name="position">Where the first byte lies.</param>
    /// <param name="buffer">What is wanted, at least one byte.</param>
    /// <returns>How many bytes were read.</returns>
    protected abstract int ReadAt(long position, Span<byte> buffer);
}
