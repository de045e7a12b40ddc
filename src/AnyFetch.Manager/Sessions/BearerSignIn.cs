using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace AnyFetch.Manager.Sessions;

/// <summary>
/// Signs in with a token instead of a password (auth-and-tenancy §4.4). A session may do everything that its user may,
/// so only a token that has every scope opens one: else a token that may merely read would become more than it is.
/// </summary>
internal sealed class BearerSignIn(IAccessTokenStore tokens, IUserStore users, SessionCookie sessions)
{
    private const string Parameter = "bearer";

    /// <summary>
    /// The redirect that takes the token out of a page's address, signed in if the token is good. Null when the address
    /// holds none.
    /// </summary>
    public async ValueTask<IResult?> TryAsync(HttpContext http)
    {
        var request = http.Request;
        if (!HttpMethods.IsGet(request.Method) || !request.Query.TryGetValue(Parameter, out var secret))
        {
            return null;
        }

        await SignInAsync(http, secret.ToString(), http.RequestAborted);
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
        var rest = new QueryBuilder(request.Query.Where(p => p.Key != Parameter));
        return TypedResults.LocalRedirect($"~{request.PathBase}{request.Path}{rest.ToQueryString()}");
    }

    /// <summary>Opens a session for the token's user. False when the token is unknown or may not.</summary>
    public async ValueTask<bool> SignInAsync(HttpContext http, string secret, CancellationToken cancellationToken)
    {
        if (secret.Length is 0 or > TokenSecret.CharsMax
            || await tokens.FindBySecretAsync(TokenSecret.Hash(secret), cancellationToken) is not { } token
            || token.Scopes != Scopes.All
            || await users.FindAsync(token.User, cancellationToken) is not { } user)
        {
            return false;
        }

        sessions.Write(http, user);
        return true;
    }
}
