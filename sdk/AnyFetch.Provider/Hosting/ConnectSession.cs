using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AnyFetch.Provider.Hosting;

/// <summary>
/// The cookie of a connection under way: the code alone, encrypted with a key that comes from the application's secret. The
/// state finds the connection; the cookie only proves that this browser began one.
/// </summary>
internal static class ConnectSession
{
    public const string CookieName = "ANYFETCH_SESSION";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static void Write(ProviderCall call, string code)
    {
        var url = new Uri(call.Runtime.Identity.ProviderUrl);
        call.Http.Response.Cookies.Append(CookieName, Seal(call.Runtime.Identity.AppSecret, code), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = url.Scheme == "https",
            Path = url.AbsolutePath,
            MaxAge = TimeSpan.FromMinutes(call.Runtime.Options.TemporaryTokenMinutes),
            IsEssential = true,
        });
    }

    public static bool TryRead(ProviderCall call, [NotNullWhen(true)] out string? code)
    {
        code = null;
        return call.Http.Request.Cookies.TryGetValue(CookieName, out var value)
            && TryOpen(call.Runtime.Identity.AppSecret, value, out code);
    }

    internal static string Seal(string secret, string code)
    {
        var plain = Encoding.UTF8.GetBytes(code);
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(Key(secret), TagBytes);
        cipher.Encrypt(nonce, plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length));
        return WebEncoders.Base64UrlEncode(box);
    }

    internal static bool TryOpen(string secret, string value, [NotNullWhen(true)] out string? code)
    {
        code = null;
        try
        {
            var box = WebEncoders.Base64UrlDecode(value);
            if (box.Length < NonceBytes + TagBytes)
            {
                return false;
            }

            var plain = new byte[box.Length - NonceBytes - TagBytes];
            using var cipher = new AesGcm(Key(secret), TagBytes);
            cipher.Decrypt(
                box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length),
                plain);
            code = Encoding.UTF8.GetString(plain);
            return true;
        }
        catch (Exception forged) when (forged is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private static byte[] Key(string secret) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: "ANYFETCH_SESSION"u8.ToArray());
}
