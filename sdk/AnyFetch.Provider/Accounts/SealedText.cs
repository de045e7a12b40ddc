using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace AnyFetch.Provider;

/// <summary>
/// Short texts that travel through other hands (a cookie, an address) and come back: encrypted and authenticated with
/// AES-GCM under a key that comes from a secret, so that nobody reads or alters them.
/// </summary>
public static class SealedText
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    /// <summary>Seals a text; the same text is sealed differently each time.</summary>
    /// <param name="secret">The secret that the key comes from.</param>
    /// <param name="purpose">What it is for: a text of one purpose does not open for another.</param>
    /// <param name="text">The text.</param>
    /// <returns>Letters, digits, <c>-</c> and <c>_</c>.</returns>
    public static string Seal(string secret, string purpose, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(Key(secret, purpose), TagBytes);
        cipher.Encrypt(nonce, plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length));
        return WebEncoders.Base64UrlEncode(box);
    }

    /// <summary>Opens what was sealed. False when it was altered, or sealed with another secret or for another purpose.</summary>
    /// <param name="secret">The secret that the key comes from.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="value">What came back.</param>
    /// <param name="text">The text.</param>
    public static bool TryOpen(string secret, string purpose, string value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            var box = WebEncoders.Base64UrlDecode(value);
            if (box.Length < NonceBytes + TagBytes)
            {
                return false;
            }

            var plain = new byte[box.Length - NonceBytes - TagBytes];
            using var cipher = new AesGcm(Key(secret, purpose), TagBytes);
            cipher.Decrypt(
                box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length),
                plain);
            text = Encoding.UTF8.GetString(plain);
            return true;
        }
        catch (Exception forged) when (forged is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private static byte[] Key(string secret, string purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, info: Encoding.UTF8.GetBytes(purpose));
}
