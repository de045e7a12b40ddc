using System.Text;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydrater.Sniffing;

/// <summary>
/// Says what a file is: first bytes, entries of a zip or compound file, whether it reads as text, and last its extension.
/// The content wins over the name.
/// </summary>
public static class ContentSniffer
{
    private const int HeadBytes = 4096;

    /// <summary>Sniffs a local file that people know by that name.</summary>
    public static SniffedContent Sniff(string path, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = Open(path);
        Span<byte> buffer = stackalloc byte[HeadBytes];
        var head = (ReadOnlySpan<byte>)buffer[..file.ReadAtLeast(buffer, HeadBytes, throwOnEndOfStream: false)];
        KnownExtensions.Types.TryGetValue(ExtensionOf(name), out var claimed);

        switch (MagicNumbers.TypeOf(head))
        {
            case "application/zip":
                return new SniffedContent(ZipContent.TypeOf(path, claimed), IsText: false, claimed);
            case "application/x-ole-storage":
                return new SniffedContent(OleStorage.TypeOf(path, file, head), IsText: false, claimed);
            case { } type:
                return new SniffedContent(type, IsText: false, claimed);
        }

        return IsText(head)
            ? new SniffedContent(TextType(head, claimed), IsText: true, claimed)
            : new SniffedContent(SniffedContent.Unknown, IsText: false, claimed);
    }

    /// <summary>What the first bytes of a local file alone say, or null: nothing of it is read beyond them.</summary>
    internal static string? SniffHead(string path)
    {
        using var file = Open(path);
        Span<byte> buffer = stackalloc byte[HeadBytes];
        return MagicNumbers.TypeOf(buffer[..file.ReadAtLeast(buffer, HeadBytes, throwOnEndOfStream: false)]);
    }

    /// <summary>The extension of a path in lower case without its dot, or empty.</summary>
    public static string ExtensionOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = path.AsSpan(path.AsSpan().LastIndexOfAny('/', '\\') + 1);
        var dot = name.LastIndexOf('.');
        return dot < 0 || name.Length - dot > 12 ? "" : name[(dot + 1)..].ToString().ToLowerInvariant();
    }

    /// <summary>Whether bytes read as text: few control characters once decoded.</summary>
    public static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.IndexOfAnyInRange((byte)0, (byte)8) < 0 && head.IndexOfAnyInRange((byte)14, (byte)26) < 0)
        {
            return true;
        }

        var encoding = CharsetDetector.Detect(head);
        if (encoding is not (UnicodeEncoding or UTF32Encoding))
        {
            // Old log files hold an escape or a stray zero here and there; binary data holds many.
            var odd = 0;
            foreach (var b in head)
            {
                odd += b is < 9 or (> 13 and < 27) or (> 27 and < 32) ? 1 : 0;
            }

            return odd * 100 < head.Length;
        }

        var text = encoding.GetString(head);
        return text.Count(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t' or '\f')) * 50 < text.Length;
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);

    private static string TextType(ReadOnlySpan<byte> head, string? claimed)
    {
        var start = CharsetDetector.Decode(head).AsSpan().TrimStart();
        if (start.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
        {
            return "text/calendar";
        }

        if (start.StartsWith("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase))
        {
            return "text/vcard";
        }

        if (start.StartsWith("<?xml"))
        {
            return start.Contains("<en-export", StringComparison.Ordinal) ? "application/enex+xml"
                : start.Contains("<svg", StringComparison.OrdinalIgnoreCase) ? "image/svg+xml"
                : start.Contains("<html", StringComparison.OrdinalIgnoreCase) ? "application/xhtml+xml"
                : "application/xml";
        }

        if (start.StartsWith("<svg", StringComparison.OrdinalIgnoreCase))
        {
            return "image/svg+xml";
        }

        if (start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<head", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<body", StringComparison.OrdinalIgnoreCase))
        {
            return "text/html";
        }

        return claimed is not null && IsTextual(claimed) ? claimed
            : claimed is null && MailHead.TypeOf(head) is { } mail ? mail
            : "text/plain";
    }

    private static bool IsTextual(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal)
        || type is "application/xml" or "application/json" or "application/yaml" or "message/rfc822";
}
