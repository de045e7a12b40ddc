using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AnyFetch.Provider.OAuth;

/// <summary>Signs a request with HMAC-SHA1 (RFC 5849, section 3.4).</summary>
internal static class OAuth1Signature
{
    [SuppressMessage("Security", "CA5350", Justification = "RFC 5849 knows no other hash than SHA-1.")]
    public static string Sign(
        string method, Uri address, IEnumerable<(string Name, string Value)> parameters, string secret, string tokenSecret)
    {
        var key = Encoding.ASCII.GetBytes($"{Escape(secret)}&{Escape(tokenSecret)}");
        return Convert.ToBase64String(
            HMACSHA1.HashData(key, Encoding.ASCII.GetBytes(BaseString(method, address, parameters))));
    }

    /// <summary>What is signed (section 3.4.1): the address' own parameters count as well.</summary>
    public static string BaseString(
        string method, Uri address, IEnumerable<(string Name, string Value)> parameters)
    {
        var pairs = parameters.Concat(OAuth1Form.Read(address.Query.TrimStart('?')))
            .Select(pair => (Name: Escape(pair.Name), Value: Escape(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}");
        return $"{method.ToUpperInvariant()}&{Escape(BaseAddress(address))}&{Escape(string.Join('&', pairs))}";
    }

    // Uri has the host in lower case and leaves the usual port out; its escapes are those of RFC 3986, as section 3.6 wants.
    private static string BaseAddress(Uri address) => address.GetLeftPart(UriPartial.Path);

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
