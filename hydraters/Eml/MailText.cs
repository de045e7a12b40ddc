using System.Text;
using AnyFetch.Hydrater.Text;
using AnyFetch.Hydraters.Plaintext;
using AnyFetch.Hydraters.Plaintext.Formats;

namespace AnyFetch.Hydraters.Eml;

/// <summary>Bodies in one form made of another.</summary>
internal static class MailText
{
    private const int RtfTextBytesMax = 8 << 20;

    /// <summary>Plain text as HTML, its line ends kept.</summary>
    internal static string ToHtml(string text)
    {
        var html = new StringBuilder("<pre>");
        TextCleaner.AppendHtml(html, text);
        return html.Append("</pre>").ToString();
    }

    /// <summary>The text of a body in Rich Text Format; null when there is none or the body is damaged.</summary>
    internal static string? OfRtf(ReadOnlyMemory<byte> rtf)
    {
        var document = new ExtractedDocument(RtfTextBytesMax) { ContentType = "application/rtf" };
        try
        {
            _ = CharsetDetector.Named("windows-1252");
            new RtfReader(rtf.ToArray(), document).Read(CancellationToken.None);
        }
        catch (InvalidDataException)
        {
            return null;
        }

        // The extracted text is escaped already, while a body is not.
        var text = HtmlText.DecodeEntities(document.ToText());
        return text.Length == 0 ? null : text;
    }
}
