using System.Buffers.Binary;

namespace AnyFetch.Mime.Tnef;

/// <summary>Reads little-endian numbers from a stream and says when there are none left, instead of throwing.</summary>
internal sealed class PositionReader(Stream source)
{
    internal long Position { get; set; }

    internal bool TryUInt32(out uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        source.Position = Position;
        var isThere = source.ReadAtLeast(bytes, 4, throwOnEndOfStream: false) == 4;
        value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        Position += 4;
        return isThere;
    }

    internal bool TrySkip(long bytes)
    {
        Position += bytes;
        return Position <= source.Length;
    }
}
