using System.Text;
using System.Text.RegularExpressions;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>HTML and XHTML pages, sanitised for display.</summary>
internal static partial class HtmlFormat
{
    private const int DeclarationBytes = 2048;

    internal static void Read(FormatInput input, ExtractedDocument document, CancellationToken cancellationToken)
    {
        var bytes = TextFormat.ReadBytes(input, document);
        if (document.IsFull)
        {
            // The tree of a page this large would take a gigabyte.
            return;
        }

        var declared = DeclaredCharset(bytes);
        document.ContentType = $"{document.ContentType}; charset={CharsetDetector.Detect(bytes, declared).WebName}";
        Append(document, CharsetDetector.Decode(bytes, declared));
    }

    /// <summary>Sanitises a page and appends it.</summary>
    internal static void Append(ExtractedDocument document, string html)
    {
        var safe = HtmlSanitizer.Sanitize(html);
        document.Title ??= safe.Title;
        document.AppendFragment(safe.Html);
    }

    internal static string? DeclaredCharset(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationBytes)]);
        var match = Charset().Match(head);
        return match.Success ? match.Groups[1].Value : null;
    }

    [GeneratedRegex("""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", RegexOptions.IgnoreCase, 100)]
    private static partial Regex Charset();
}
