using System.Text;

namespace AnyFetch.Hydrater.Sniffing;

/// <summary>
/// Knows mails and mbox files without an extension, as mail programs and servers keep them, by the header that they
/// begin with.
/// </summary>
internal static class MailHead
{
    private const int FieldsMin = 3;

    private static readonly string[] Fields =
        ["from:", "to:", "date:", "subject:", "message-id:", "received:", "return-path:", "delivered-to:", "mime-version:"];

    internal static string? TypeOf(ReadOnlySpan<byte> head)
    {
        var lines = Encoding.Latin1.GetString(head).Split('\n');
        var isMbox = lines[0].StartsWith("From ", StringComparison.Ordinal);
        var known = 0;
        foreach (var line in lines.Skip(isMbox ? 1 : 0))
        {
            var text = line.TrimEnd('\r');
            if (text.Length == 0)
            {
                break;
            }

            if (!IsHeaderLine(text))
            {
                return null;
            }

            known += Fields.Any(field => text.StartsWith(field, StringComparison.OrdinalIgnoreCase)) ? 1 : 0;
            if (known == FieldsMin)
            {
                return isMbox ? "application/mbox" : "message/rfc822";
            }
        }

        return null;
    }

    private static bool IsHeaderLine(string line)
    {
        if (line[0] is ' ' or '\t')
        {
            return true;
        }

        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && !line.AsSpan(0, colon).Contains(' ');
    }
}
