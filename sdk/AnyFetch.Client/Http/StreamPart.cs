using System.Net;

namespace AnyFetch.Client.Http;

/// <summary>
/// A stream as a request body, copied in pieces. With a known length the request carries it, and a source that ends
/// early or late fails the upload instead of storing a torn file.
/// </summary>
internal sealed class StreamPart(Stream stream, long? length) : HttpContent
{
    private const int BufferBytes = 81920;

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }

    protected override Task SerializeToStreamAsync(Stream target, TransportContext? context) =>
        SerializeToStreamAsync(target, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream target, TransportContext? context, CancellationToken cancellationToken)
    {
        if (length is null)
        {
            await stream.CopyToAsync(target, BufferBytes, cancellationToken);
            return;
        }

        var buffer = new byte[(int)Math.Clamp(length.Value, 1, BufferBytes)];
        for (var left = length.Value; left > 0;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
            if (read == 0)
            {
                throw new EndOfStreamException($"The file ended {left} bytes before its announced length.");
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
