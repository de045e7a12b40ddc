using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Provider.Hosting;

/// <summary>
/// The cookie of a connection under way: the code alone, encrypted with a key that comes from the application's secret. The
/// state finds the connection; the cookie only proves that this browser began one.
/// </summary>
internal static class ConnectSession
{
    public const string CookieName = "ANYFETCH_SESSION";

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

    internal static string Seal(string secret, string code) => SealedText.Seal(secret, CookieName, code);

    internal static bool TryOpen(string secret, string value, [NotNullWhen(true)] out string? code) =>
        SealedText.TryOpen(secret, CookieName, value, out code);
}
