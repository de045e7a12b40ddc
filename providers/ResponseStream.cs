using AnyFetch.Streams;

namespace AnyFetch.Providers;

/// <summary>
/// The body of an answer, or so many bytes of it, that is read as it comes; disposing it ends the answer. A body that ends
/// before the bytes that it promised is an <see cref="EndOfStreamException"/>.
/// </summary>
internal sealed class ResponseStream(HttpResponseMessage response, Stream body, long? bytes = null) : ForwardStream
{
    private long? _left = bytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await body.ReadAsync(buffer[..Fit(buffer.Length)], cancellationToken), buffer.Length);

    public override int Read(Span<byte> buffer) => Count(body.Read(buffer[..Fit(buffer.Length)]), buffer.Length);

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
