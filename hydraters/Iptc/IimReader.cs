using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Iptc;

/// <summary>Reads IPTC-IIM data sets: by-line (2:80), caption (2:120), keywords (2:25), coded character set (1:90).</summary>
internal static class IimReader
{
    private const byte Tag = 0x1c;
    private const int HeaderBytes = 5;

    internal static PictureTags Read(ReadOnlySpan<byte> block)
    {
        var sets = DataSets(block);
        var charset = sets.Where(set => set.Id == (1, 90)).Select(set => CharsetOf(set.Value)).FirstOrDefault();
        string? First((int, int) id) => sets.Where(set => set.Id == id).Select(set => Text(set.Value, charset)).FirstOrDefault();
        return new PictureTags
        {
            Author = First((2, 80)),
            Description = First((2, 120)),
            Keywords = [.. sets.Where(set => set.Id == (2, 25)).Take(PictureTags.KeywordsMax).Select(set => Text(set.Value, charset))],
        };
    }

    private static List<((int Record, int Number) Id, byte[] Value)> DataSets(ReadOnlySpan<byte> rest)
    {
        var sets = new List<((int, int), byte[])>();
        while (rest.Length >= HeaderBytes && rest[0] == Tag)
        {
            var length = (int)BinaryPrimitives.ReadUInt16BigEndian(rest[3..]);
            if (length > rest.Length - HeaderBytes)
            {
                // Also those beyond 32 kB, whose length is written in another way; nothing that is read here is so long.
                break;
            }

            sets.Add(((rest[1], rest[2]), rest.Slice(HeaderBytes, length).ToArray()));
            rest = rest[(HeaderBytes + length)..];
        }

        return sets;
    }

    private static string Text(byte[] value, Encoding? charset) => Utf8.IsValid(value)
        ? Encoding.UTF8.GetString(value) : (charset ?? CharsetDetector.Named("iso-8859-1")!).GetString(value);

    /// <summary>
    /// The set that an escape sequence of ISO 2022 chooses for the upper half. UTF-8 needs none: text that is valid UTF-8
    /// is taken for it.
    /// </summary>
    private static Encoding? CharsetOf(ReadOnlySpan<byte> sequence) => sequence switch
    {
        [0x1b, (byte)'-' or (byte)'.', (byte)'B'] => CharsetDetector.Named("iso-8859-2"),
        [0x1b, (byte)'-' or (byte)'.', (byte)'F'] => CharsetDetector.Named("iso-8859-7"),
        [0x1b, (byte)'-' or (byte)'.', (byte)'L'] => CharsetDetector.Named("iso-8859-5"),
        [0x1b, (byte)'-' or (byte)'.', (byte)'M'] => CharsetDetector.Named("iso-8859-9"),
        _ => null,
    };
}
