using System.Security.Cryptography;
using System.Text;
using AnyFetch.Core.Documents;

namespace AnyFetch.Storage.Documents;

/// <summary>
/// How identifiers are indexed: short ones as their UTF-8 text, long ones as a digest beside the full text, because
/// PostgreSQL's indexes take entries of about 2,700 bytes at most.
/// </summary>
internal static class IdentifierKey
{
    private const int ShortBytesMax = 512;

    // No UTF-8 text begins with this byte, so a digest is never taken for a text.
    private const byte DigestMark = 0xFF;

    public static byte[] Of(Identifier identifier)
    {
        var text = Encoding.UTF8.GetBytes(identifier.Value);
        if (text.Length <= ShortBytesMax)
        {
            return text;
        }

        var key = new byte[1 + SHA256.HashSizeInBytes];
        key[0] = DigestMark;
        SHA256.HashData(text, key.AsSpan(1));
        return key;
    }

    /// <summary>The text to store beside the key, or null when the key says it all.</summary>
    public static string? LongText(Identifier identifier, byte[] key) =>
        key[0] == DigestMark ? identifier.Value : null;

    public static Identifier Read(byte[] key, string? longText) =>
        Identifier.Parse(longText ?? Encoding.UTF8.GetString(key));
}
