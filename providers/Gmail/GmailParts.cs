using System.Text;
using System.Text.Unicode;
using AnyFetch.Mime;
using AnyFetch.Mime.Headers;

namespace AnyFetch.Providers.Gmail;

/// <summary>What the parts of a message are: bodies that people read, attachments, or neither.</summary>
internal static class GmailParts
{
    private const string NoName = "noname";
    private const int DepthMax = 50;
    private const byte Escape = 0x1b;

    private static readonly MimeOptions Mime = new();

    /// <summary>A part and all below it, depth first.</summary>
    public static IEnumerable<GmailPart> Walk(GmailPart part, int depth = 0) => depth > DepthMax
        ? []
        : part.Parts.SelectMany(child => Walk(child, depth + 1)).Prepend(part);

    /// <summary>Whether a part is text for people, written by the sender as the mail itself.</summary>
    public static bool IsBody(GmailPart part, string type) => part.Parts.Count == 0
        && part.MimeType.Equals(type, StringComparison.OrdinalIgnoreCase) && !IsAttachment(part);

    /// <summary>Whether a part is a file. Without a name and without being called an attachment it is none.</summary>
    public static bool IsAttachment(GmailPart part) => part.Parts.Count == 0
        && (part.Filename.Length > 0 || Headers(part).Structured("Content-Disposition")?.Value == "attachment");

    /// <summary>The name of an attachment.</summary>
    public static string NameOf(GmailPart part) => part.Filename.Length > 0 ? part.Filename : NoName;

    /// <summary>
    /// The header fields, as a mail reader understands them: names in any case, groups, comments, encoded words.
    /// </summary>
    public static HeaderList Headers(GmailPart part)
    {
        var text = new StringBuilder();
        foreach (var header in part.Headers)
        {
            text.Append(header.Name).Append(": ").Append((header.Value ?? "").ReplaceLineEndings(" ")).Append("\r\n");
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text.Append("\r\n").ToString()));
        return MimeMessage.ReadHeader(stream, Mime).Headers;
    }

    /// <summary>The text of a body. Gmail turns it into UTF-8; where it did not, the part's own charset counts.</summary>
    public static string Decode(GmailPart part, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.Contains(Escape) && Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var type = Headers(part).Raw("Content-Type") ?? "text/plain";
        var head = Encoding.UTF8.GetBytes($"Content-Type: {type.ReplaceLineEndings(" ")}\r\n\r\n");
        using var mail = new MemoryStream([.. head, .. bytes]);
        return MimeMessage.Read(mail, Mime, CancellationToken.None).Body.ReadText(bytes.Length).Text;
    }
}
