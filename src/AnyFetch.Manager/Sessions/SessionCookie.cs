using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AnyFetch.Core.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AnyFetch.Manager.Sessions;

/// <summary>
/// Who is signed in to the manager's pages: an encrypted cookie that holds the user's id, when it ends, and a stamp of
/// the password, so that a new password ends the sessions of the old one. Nothing but these pages reads it: the API
/// knows no cookie (auth-and-tenancy §5).
/// </summary>
internal sealed class SessionCookie(
    IDataProtectionProvider protection,
    IUserStore users,
    IOptions<ManagerOptions> options,
    TimeProvider timeProvider)
{
    /// <summary>The cookie's name.</summary>
    public const string Name = "anyfetch_manager";

    private const int CharsMax = 1024;

    private readonly IDataProtector _protector = protection.CreateProtector("AnyFetch.Manager.Session.v1");

    /// <summary>Who is signed in, or null.</summary>
    public async ValueTask<User?> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Request.Cookies[Name] is not { Length: > 0 and <= CharsMax } cookie || Unprotect(cookie) is not [var id,
            var end, var stamp])
        {
            return null;
        }

        var now = timeProvider.GetUtcNow();
        if (!UserId.TryParse(id, out var userId)
            || !long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var endSeconds)
            || endSeconds <= now.ToUnixTimeSeconds()
            || await users.FindAsync(userId, cancellationToken).ConfigureAwait(false) is not { } user
            || stamp != Stamp(user))
        {
            return null;
        }

        // A session lasts from its last use; the cookie is renewed once half of its time is over.
        if (endSeconds - now.ToUnixTimeSeconds() < options.Value.SessionHours * 3600L / 2)
        {
            Write(http, user);
        }

        return user;
    }

    /// <summary>Signs a user in.</summary>
    public void Write(HttpContext http, User user)
    {
        var end = timeProvider.GetUtcNow().AddHours(options.Value.SessionHours);
        var text = string.Create(CultureInfo.InvariantCulture, $"{user.Id} {end.ToUnixTimeSeconds()} {Stamp(user)}");
        http.Response.Cookies.Append(Name, _protector.Protect(text), Attributes(http, end));
    }

    /// <summary>Signs whoever is signed in out.</summary>
    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Attributes(http, null));

    private static CookieOptions Attributes(HttpContext http, DateTimeOffset? end) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = "/",
        Expires = end,
        IsEssential = true,
    };

    private static string Stamp(User user) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user.PasswordHash)).AsSpan(0, 8));

    private string[] Unprotect(string cookie)
    {
        try
        {
            return _protector.Unprotect(cookie).Split(' ');
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
