using System.Buffers.Binary;

namespace AnyFetch.Hydraters.Iptc;

/// <summary>Reads the parts of a picture file. Whatever lies beyond the end of the file is not there.</summary>
internal sealed class BlockStream(Stream file)
{
    internal long Position
    {
        get => file.Position;
        set => file.Position = Math.Clamp(value, 0, file.Length);
    }

    internal bool AtEnd => file.Position >= file.Length;

    /// <summary>So many bytes, or null when there are not so many, or more than a block may have.</summary>
    internal byte[]? Read(long count)
    {
        if (count < 0 || count > TagBlocks.BlockBytesMax || count > file.Length - file.Position)
        {
            return null;
        }

        var bytes = new byte[count];
        file.ReadExactly(bytes);
        return bytes;
    }

    internal uint? ReadUInt32(bool isLittleEndian) => Read(4) is not { } bytes ? null
        : isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    internal ushort? ReadUInt16(bool isLittleEndian) => Read(2) is not { } bytes ? null
        : isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
