using System.Security.Claims;
using AnyFetch.Core.Users;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Sessions;

/// <summary>Whoever looks at a page.</summary>
internal static class Visitor
{
    private static readonly object s_key = new();

    /// <summary>Notes who looks. Forms are bound to them: one made for somebody else is refused.</summary>
    public static void Set(HttpContext http, User user)
    {
        http.Items[s_key] = user;
        http.User = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, user.Id.ToString())], SessionCookie.Name));
    }

    /// <summary>Who looks at a page that needs a session.</summary>
    public static User Of(HttpContext http) => (User)http.Items[s_key]!;
}
