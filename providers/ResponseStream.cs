namespace AnyFetch.Providers;

/// <summary>
/// The body of an answer, or so many bytes of it, that is read as it comes; disposing it ends the answer. A body that ends
/// before the bytes that it promised is an <see cref="EndOfStreamException"/>.
/// </summary>
internal sealed class ResponseStream(HttpResponseMessage response, Stream body, long? bytes = null) : Stream
{
    private long? _left = bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await body.ReadAsync(buffer[..Fit(buffer.Length)], cancellationToken), buffer.Length);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        Count(body.Read(buffer, offset, Fit(count)), count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Fit(int count) => (int)Math.Min(count, _left ?? count);

    private int Count(int read, int wanted)
    {
        if (read == 0 && wanted > 0 && _left > 0)
        {
            throw new EndOfStreamException("The answer ended before its content.");
        }

        _left -= read;
        return read;
    }
}
