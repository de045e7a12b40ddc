using System.Text;

namespace AnyFetch.Calendars.ContentLines;

/// <summary>Decodes quoted-printable values in their own charset. Escapes that are none stay as they are.</summary>
internal static class QuotedPrintable
{
    static QuotedPrintable() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    internal static string Decode(string value, string? charset)
    {
        if (!value.Contains('=', StringComparison.Ordinal))
        {
            return value;
        }

        var encoding = Named(charset);
        var output = new StringBuilder(value.Length);
        var bytes = new byte[value.Length];
        var count = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '=' && i + 2 < value.Length && char.IsAsciiHexDigit(value[i + 1]) && char.IsAsciiHexDigit(value[i + 2]))
            {
                bytes[count++] = (byte)((Digit(value[i + 1]) << 4) | Digit(value[i + 2]));
                i += 2;
            }
            else if (c < 0x80)
            {
                bytes[count++] = (byte)c;
            }
            else
            {
                // A character that was decoded with the file already.
                output.Append(encoding.GetString(bytes, 0, count)).Append(c);
                count = 0;
            }
        }

        return output.Append(encoding.GetString(bytes, 0, count)).ToString();
    }

    private static int Digit(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static Encoding Named(string? charset)
    {
        if (string.IsNullOrWhiteSpace(charset))
        {
            return Encoding.UTF8;
        }

        try
        {
            return Encoding.GetEncoding(charset.Trim());
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // An unknown name; or UTF-7, which can hide markup from those who look at the bytes.
            return Encoding.UTF8;
        }
    }
}
