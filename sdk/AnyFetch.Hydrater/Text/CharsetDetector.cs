using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace AnyFetch.Hydrater.Text;

/// <summary>
/// Finds the character encoding of text: byte order mark, declared charset, validity as UTF-8, the zero bytes of UTF-16, then
/// a small comparison of how plausible a few old encodings are, with windows-1252 as the answer that never fails.
/// </summary>
public static class CharsetDetector
{
    private const int SampleBytesMax = 64 * 1024;

    static CharsetDetector() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of some text. A declared name that is unknown or contradicted by the bytes is not believed.</summary>
    public static Encoding Detect(ReadOnlySpan<byte> text, string? declared = null)
    {
        if (ByteOrderMark(text) is { } marked)
        {
            return marked;
        }

        if (text.Contains((byte)0) && Utf16WithoutMark(text) is { } utf16)
        {
            return utf16;
        }

        if (Utf8.IsValid(text) || IsCutUtf8(text))
        {
            return Encoding.UTF8;
        }

        if (Named(declared) is { } encoding && encoding.CodePage is not (65001 or 1200 or 1201 or 65000))
        {
            return encoding;
        }

        return Legacy(text[..Math.Min(text.Length, SampleBytesMax)]);
    }

    /// <summary>The encoding of that name, or null when there is none. ISO-8859-1 means windows-1252, as on the web.</summary>
    public static Encoding? Named(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        try
        {
            var encoding = Encoding.GetEncoding(name.Trim().Trim('"', '\''));
            return encoding.CodePage switch
            {
                28591 or 20127 => Encoding.GetEncoding(1252),
                // UTF-7 can hide markup from those who look at the bytes.
                65000 => null,
                _ => encoding,
            };
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Decodes text without its byte order mark. Bytes that mean nothing become U+FFFD, which cleaning removes.</summary>
    public static string Decode(ReadOnlySpan<byte> text, string? declared = null)
    {
        var encoding = Detect(text, declared);
        var preamble = encoding.Preamble;
        return encoding.GetString(preamble.Length > 0 && text.StartsWith(preamble) ? text[preamble.Length..] : text);
    }

    private static Encoding? ByteOrderMark(ReadOnlySpan<byte> text) => text switch
    {
        [0xef, 0xbb, 0xbf, ..] => Encoding.UTF8,
        [0xff, 0xfe, 0, 0, ..] => Encoding.UTF32,
        [0xff, 0xfe, ..] => Encoding.Unicode,
        [0xfe, 0xff, ..] => Encoding.BigEndianUnicode,
        [0, 0, 0xfe, 0xff, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        _ => null,
    };

    /// <summary>
    /// A sample may end in the middle of a character. Other characters beyond ASCII must vouch for it, or the last letter of
    /// an old text would be taken for the start of a new one's.
    /// </summary>
    private static bool IsCutUtf8(ReadOnlySpan<byte> text)
    {
        for (var i = 1; i <= 3 && i <= text.Length; i++)
        {
            if (text[^i] >= 0xc0)
            {
                return text[..^i].ContainsAnyExceptInRange((byte)0, (byte)0x7f) && Utf8.IsValid(text[..^i]);
            }
        }

        return false;
    }

    private static Encoding? Utf16WithoutMark(ReadOnlySpan<byte> text)
    {
        var sample = text[..Math.Min(text.Length & ~1, 4096)];
        int evenZeros = 0, oddZeros = 0;
        for (var i = 0; i < sample.Length; i += 2)
        {
            var pair = BinaryPrimitives.ReadUInt16BigEndian(sample[i..]);
            evenZeros += pair >> 8 == 0 ? 1 : 0;
            oddZeros += (pair & 0xff) == 0 ? 1 : 0;
        }

        var pairs = sample.Length / 2;
        return pairs < 4 ? null
            : oddZeros > pairs * 6 / 10 && evenZeros < pairs / 20 ? Encoding.Unicode
            : evenZeros > pairs * 6 / 10 && oddZeros < pairs / 20 ? Encoding.BigEndianUnicode
            : null;
    }

    private static Encoding Legacy(ReadOnlySpan<byte> sample)
    {
        var best = Encoding.GetEncoding(1252);
        var bestScore = LegacyCharsets.WesternScore(sample);
        foreach (var (codePage, score) in LegacyCharsets.Scores(sample))
        {
            if (score > bestScore)
            {
                bestScore = score;
                best = Encoding.GetEncoding(codePage);
            }
        }

        return best;
    }
}
