using System.Text;

namespace AnyFetch.Api.Authentication;

/// <summary>E-mail and password as they come in an <c>Authorization: Basic</c> header.</summary>
internal readonly record struct BasicCredentials(string Email, string Password)
{
    /// <summary>Longest decoded credentials that are looked at, in bytes.</summary>
    public const int BytesMax = 4096;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads the part after <c>Basic</c>. A password may hold colons: the first one separates.</summary>
    public static bool TryParse(ReadOnlySpan<char> encoded, out BasicCredentials credentials)
    {
        credentials = default;
        Span<byte> bytes = stackalloc byte[BytesMax];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
        {
            return false;
        }

        string text;
        try
        {
            text = s_strict.GetString(bytes[..length]);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return false;
        }

        credentials = new BasicCredentials(text[..colon], text[(colon + 1)..]);
        return true;
    }
}
