namespace AnyFetch.Hydraters.Archive;

/// <summary>The content of one entry within the stream of its tar archive.</summary>
internal sealed class TarContent(Stream archive, long size) : Stream
{
    private const int SkipBytes = 64 * 1024;

    private long _left = size;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, _left);
        var read = archive.Read(buffer[..wanted]);
        _left -= read;
        return read > 0 || wanted == 0 ? read : throw new EndOfStreamException("The archive ends within a file.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<int>(cancellationToken) : ValueTask.FromResult(Read(buffer.Span));

    /// <summary>Moves the archive to the end of this entry.</summary>
    internal void SkipRest()
    {
        var buffer = new byte[Math.Min(SkipBytes, _left)];
        while (_left > 0)
        {
            _ = Read(buffer.AsSpan());
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
