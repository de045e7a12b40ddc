using System.Collections.Frozen;
using System.Text;
using System.Text.Unicode;

namespace AnyFetch.Mime.Charsets;

/// <summary>Charsets by the names that mails give them, and decoding that survives wrong names.</summary>
internal static class MimeCharsets
{
    /// <summary>Names of the real world that .NET does not know, and supersets that people mean by a name.</summary>
    private static readonly FrozenDictionary<string, int> Aliases = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = 65001, ["unicode-1-1-utf-8"] = 65001, ["iso-8859-1"] = 1252, ["latin1"] = 1252, ["latin-1"] = 1252, ["l1"] = 1252,
        ["iso8859-1"] = 1252, ["iso_8859-1"] = 1252, ["cp1252"] = 1252, ["win-1252"] = 1252, ["iso-8859-9"] = 1254,
        ["iso-8859-11"] = 874, ["tis-620"] = 874, ["cp874"] = 874, ["cp1250"] = 1250, ["cp1251"] = 1251, ["win-1251"] = 1251,
        ["cp1253"] = 1253, ["cp1254"] = 1254, ["cp1255"] = 1255, ["cp1256"] = 1256, ["cp1257"] = 1257, ["cp1258"] = 1258,
        ["iso-8859-8-i"] = 1255, ["iso-8859-8-e"] = 1255, ["gb2312"] = 54936, ["gbk"] = 54936, ["gb18030"] = 54936, ["cp936"] = 54936,
        ["x-gbk"] = 54936, ["euc-cn"] = 54936, ["big5"] = 950, ["big5-hkscs"] = 950, ["cn-big5"] = 950, ["cp950"] = 950, ["x-sjis"] = 932,
        ["sjis"] = 932, ["shift-jis"] = 932, ["shift_jis"] = 932, ["ms_kanji"] = 932, ["cp932"] = 932, ["windows-31j"] = 932,
        ["euc-jp"] = 51932, ["x-euc-jp"] = 51932, ["ujis"] = 51932, ["euc-kr"] = 949, ["ks_c_5601-1987"] = 949, ["ks_c_5601"] = 949,
        ["ksc5601"] = 949, ["cp949"] = 949, ["iso-2022-jp"] = 50220, ["iso-2022-jp-1"] = 50220, ["iso-2022-jp-2"] = 50220,
        ["iso-2022-jp-ms"] = 50220, ["csiso2022jp"] = 50220, ["iso-2022-kr"] = 50225, ["hz-gb-2312"] = 52936, ["koi8-r"] = 20866,
        ["koi8"] = 20866, ["koi8-u"] = 21866, ["cp866"] = 866, ["cp850"] = 850, ["cp-850"] = 850, ["cp437"] = 437, ["macintosh"] = 10000,
        ["x-mac-roman"] = 10000, ["mac"] = 10000,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that promise no more than ASCII, or nothing at all: the bytes are asked instead.</summary>
    private static readonly FrozenSet<string> Empty = FrozenSet.ToFrozenSet(
        [
            "", "us-ascii", "ascii", "ansi_x3.4-1968", "646", "x-unknown", "unknown-8bit", "unknown", "default", "none",
            "_autodetect", "x-user-defined", "8bit", "binary",
        ],
        StringComparer.OrdinalIgnoreCase);

    static MimeCharsets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    internal static MimeText Decode(ReadOnlyMemory<byte> bytes, string? declared, MimeOptions options)
    {
        var name = declared?.Trim().Trim('"', '\'', ' ', ';') ?? "";
        if (name.EndsWith("utf-7", StringComparison.OrdinalIgnoreCase))
        {
            return new MimeText(Utf7.Decode(bytes.Span), "utf-7", false);
        }

        var encoding = Choose(bytes, name, options);
        var preamble = encoding.Preamble;
        var content = preamble.Length > 0 && bytes.Span.StartsWith(preamble) ? bytes.Span[preamble.Length..] : bytes.Span;
        return new MimeText(encoding.GetString(content), encoding.WebName, false);
    }

    private static Encoding Choose(ReadOnlyMemory<byte> bytes, string name, MimeOptions options)
    {
        var named = Empty.Contains(name) ? null : Named(name);
        if (named is { CodePage: 50220 or 50221 or 50222 or 50225 or 52936 or 1200 or 1201 or 12000 or 12001 })
        {
            // Charsets of seven bits or wide units say nothing to a look at the bytes.
            return named;
        }

        if (!bytes.Span.ContainsAnyExceptInRange((byte)0x01, (byte)0x7f))
        {
            return named ?? Encoding.UTF8;
        }

        if (named is null || named.CodePage == Encoding.UTF8.CodePage)
        {
            return named is not null && Utf8.IsValid(bytes.Span) ? named : Detect(bytes, options);
        }

        // Programs that moved to UTF-8 and forgot to say so: nothing else reads as UTF-8 by chance.
        return named.IsSingleByte && Utf8.IsValid(bytes.Span) ? Encoding.UTF8 : named;
    }

    private static Encoding Detect(ReadOnlyMemory<byte> bytes, MimeOptions options) =>
        options.DetectCharset is { } detect ? detect(bytes)
        : Utf8.IsValid(bytes.Span) ? Encoding.UTF8
        : Encoding.GetEncoding(1252);

    private static Encoding? Named(string name)
    {
        if (Aliases.TryGetValue(name, out var codePage))
        {
            return Encoding.GetEncoding(codePage);
        }

        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
