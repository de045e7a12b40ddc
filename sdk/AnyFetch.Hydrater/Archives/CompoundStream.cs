namespace AnyFetch.Hydrater.Archives;

/// <summary>The bytes of a compound file's stream, read sector by sector.</summary>
internal sealed class CompoundStream(CompoundFile file, uint[] sectors, int sectorBytes, bool isMini, long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = Math.Clamp(value, 0, length);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var offset = (int)(_position % sectorBytes);
        var wanted = (int)Math.Min(Math.Min(buffer.Length, sectorBytes - offset), length - _position);
        if (wanted <= 0)
        {
            return 0;
        }

        var read = file.ReadAt(sectors[(int)(_position / sectorBytes)], isMini, offset, buffer[..wanted]);
        _position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
