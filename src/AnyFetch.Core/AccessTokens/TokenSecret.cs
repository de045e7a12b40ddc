using System.Security.Cryptography;
using System.Text;

namespace AnyFetch.Core.AccessTokens;

/// <summary>The secrets of tokens, codes and applications: made at random, kept only as a hash.</summary>
public static class TokenSecret
{
    /// <summary>Hexadecimal digits of a basic token and of an application secret.</summary>
    public const int BasicTokenChars = 64;

    /// <summary>Hexadecimal digits of a client token and of an authorization code.</summary>
    public const int ClientTokenChars = 40;

    /// <summary>Longest text that is looked at as a secret; anything longer is unknown without hashing it.</summary>
    public const int CharsMax = 256;

    /// <summary>A new secret of <paramref name="chars"/> lower-case hexadecimal digits, 4 random bits each.</summary>
    public static string New(int chars) => RandomNumberGenerator.GetHexString(chars, lowercase: true);

    /// <summary>
    /// What is stored instead of the secret: SHA-256. Enough for secrets with 160 random bits or more; passwords
    /// are hashed with a slow function instead.
    /// </summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
