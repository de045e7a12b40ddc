using AnyFetch.Hydrater;

namespace AnyFetch.Hydraters.Eml;

/// <summary>Copies a stream as far as allowed.</summary>
internal static class BoundedCopy
{
    private const int BufferBytes = 64 << 10;

    /// <summary>Throws <see cref="HydrationException"/> when there is more.</summary>
    internal static void Copy(Stream source, Stream target, long bytesMax)
    {
        var buffer = new byte[BufferBytes];
        long total = 0;
        for (int read; (read = source.Read(buffer)) > 0;)
        {
            total += read;
            if (total > bytesMax)
            {
                throw new HydrationException($"The mail has an attachment of more than {bytesMax:N0} bytes.");
            }

            target.Write(buffer, 0, read);
        }
    }
}
