using System.Buffers.Binary;

namespace AnyFetch.Hydraters.Iptc;

/// <summary>Photoshop's image resources, one of which holds IPTC-IIM (Adobe Photoshop File Formats Specification).</summary>
internal static class PhotoshopResources
{
    private const ushort IimResource = 0x0404;

    internal static byte[]? FindIim(ReadOnlySpan<byte> resources)
    {
        var rest = resources;
        while (rest.Length >= 12 && rest.StartsWith("8BIM"u8))
        {
            var id = BinaryPrimitives.ReadUInt16BigEndian(rest[4..]);
            // The name is a length and so many characters, padded to an even length.
            var name = (rest[6] + 2) & ~1;
            if (rest.Length < 10 + name)
            {
                return null;
            }

            var length = BinaryPrimitives.ReadUInt32BigEndian(rest[(6 + name)..]);
            rest = rest[(10 + name)..];
            if (length > rest.Length)
            {
                return null;
            }

            if (id == IimResource)
            {
                return rest[..(int)length].ToArray();
            }

            rest = rest[Math.Min(rest.Length, (int)length + ((int)length & 1))..];
        }

        return null;
    }
}
