using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AnyFetch.Core.Clients;

namespace AnyFetch.Manager.Codes;

/// <summary>Proof Key for Code Exchange (RFC 7636), method S256 alone: "plain" protects nothing.</summary>
internal static class PkceChallenge
{
    /// <summary>The one method.</summary>
    public const string Method = "S256";

    private const int VerifierCharsMin = 43;
    private const int VerifierCharsMax = 128;

    private static readonly SearchValues<char> s_unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>True for a base64url SHA-256.</summary>
    public static bool IsWellFormed(string challenge) =>
        challenge.Length == AuthorizationCode.CodeChallengeCharsMax && Base64Url.IsValid(challenge);

    /// <summary>True when the verifier is the one that the challenge was made from.</summary>
    public static bool IsMet(string challenge, string? verifier)
    {
        if (verifier is not { Length: >= VerifierCharsMin and <= VerifierCharsMax }
            || verifier.AsSpan().ContainsAnyExcept(s_unreserved))
        {
            return false;
        }

        var made = Base64Url.EncodeToUtf8(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return CryptographicOperations.FixedTimeEquals(made, Encoding.ASCII.GetBytes(challenge));
    }
}
