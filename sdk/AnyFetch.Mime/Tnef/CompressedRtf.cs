using System.Buffers.Binary;
using System.Text;

namespace AnyFetch.Mime.Tnef;

/// <summary>The compression that Outlook uses for bodies in Rich Text Format ([MS-OXRTFCP]).</summary>
public static class CompressedRtf
{
    private const int HeaderBytes = 16;
    private const int DictionaryBytes = 4096;
    private const uint Compressed = 0x75465a4c;
    private const uint Uncompressed = 0x414c454d;

    private static readonly byte[] Preset = Encoding.ASCII.GetBytes(
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
        + "MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
        + "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx");

    /// <summary>
    /// Expands a body, or returns null when it is none. Damage ends the body early; an expansion beyond the given
    /// number of bytes is cut.
    /// </summary>
    public static ReadOnlyMemory<byte>? Expand(ReadOnlySpan<byte> data, int bytesMax)
    {
        if (data.Length < HeaderBytes)
        {
            return null;
        }

        var size = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(data[4..]), (uint)bytesMax);
        var content = data[HeaderBytes..];
        return BinaryPrimitives.ReadUInt32LittleEndian(data[8..]) switch
        {
            Uncompressed => content[..Math.Min(size, content.Length)].ToArray(),
            // Two bytes give at most seventeen, eight pairs take a byte more: a larger claim is a lie.
            Compressed => Expand(content, new byte[(int)Math.Min(size, (content.Length * 9L) + 17)]),
            _ => null,
        };
    }

    private static ReadOnlyMemory<byte> Expand(ReadOnlySpan<byte> content, byte[] output)
    {
        var dictionary = new byte[DictionaryBytes];
        Preset.CopyTo(dictionary, 0);
        int write = Preset.Length, at = 0, length = 0;
        while (at < content.Length && length < output.Length)
        {
            var control = content[at++];
            for (var bit = 0; bit < 8 && at < content.Length && length < output.Length; bit++)
            {
                if ((control & (1 << bit)) == 0)
                {
                    Put(content[at++], dictionary, ref write, output, ref length);
                    continue;
                }

                if (at + 1 >= content.Length)
                {
                    return output.AsMemory(0, length);
                }

                var reference = BinaryPrimitives.ReadUInt16BigEndian(content[at..]);
                at += 2;
                var offset = reference >> 4;
                if (offset == write)
                {
                    return output.AsMemory(0, length);
                }

                for (var i = 0; i < (reference & 15) + 2 && length < output.Length; i++)
                {
                    Put(dictionary[(offset + i) % DictionaryBytes], dictionary, ref write, output, ref length);
                }
            }
        }

        return output.AsMemory(0, length);
    }

    private static void Put(byte value, byte[] dictionary, ref int write, byte[] output, ref int length)
    {
        output[length++] = value;
        dictionary[write] = value;
        write = (write + 1) % DictionaryBytes;
    }
}
