using AnyFetch.Streams;

namespace AnyFetch.Hydraters.Archive;

/// <summary>The content of one entry within the stream of its tar archive.</summary>
internal sealed class TarContent(Stream archive, long size) : ForwardStream
{
    private const int SkipBytes = 64 * 1024;

    private long _left = size;

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, _left);
        var read = archive.Read(buffer[..wanted]);
        _left -= read;
        return read > 0 || wanted == 0 ? read : throw new EndOfStreamException("The archive ends within a file.");
    }

    /// <summary>Moves the archive to the end of this entry.</summary>
    internal void SkipRest()
    {
        var buffer = new byte[Math.Min(SkipBytes, _left)];
        while (_left > 0)
        {
            _ = Read(buffer.AsSpan());
        }
    }
}
