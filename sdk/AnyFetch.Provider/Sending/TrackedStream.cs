using AnyFetch.Streams;

namespace AnyFetch.Provider.Sending;

/// <summary>
/// Counts what is read from a source, stops at the limit, and remembers its own faults: the HTTP client would report a
/// source that breaks in the middle as a broken connection to the core.
/// </summary>
internal sealed class TrackedStream(Stream inner, UploadTrack track, long? length, long bytesMax) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            track.Bytes += read;
            if (read == 0 && buffer.Length > 0 && track.Bytes < length)
            {
                throw new EndOfStreamException("The file became shorter while it was sent.");
            }

            return track.Bytes <= bytesMax ? read : throw new FileTooLargeException();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            track.SourceFault = fault;
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
