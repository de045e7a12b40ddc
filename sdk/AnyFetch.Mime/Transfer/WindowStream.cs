using AnyFetch.Streams;

namespace AnyFetch.Mime.Transfer;

/// <summary>A part of a seekable source that is itself seekable.</summary>
internal sealed class WindowStream(Stream source, long start, long length) : SeekableStream(length)
{
    protected override int ReadAt(long position, Span<byte> buffer)
    {
        source.Position = start + position;
        return source.Read(buffer);
    }
}
