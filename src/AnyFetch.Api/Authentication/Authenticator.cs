using System.Security.Cryptography;
using System.Text;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AnyFetch.Api.Authentication;

/// <summary>
/// Finds out who calls (auth-and-tenancy §2): e-mail and password, a bearer token, or a token in the query. With both
/// a header and a query token, the header counts.
/// </summary>
internal sealed class Authenticator(
    IAccessTokenStore tokens,
    IUserStore users,
    ICompanyStore companies,
    IClientStore clients,
    UserPasswords passwords,
    AttemptCounter attempts,
    CallerCache callers,
    TokenUses uses,
    IHydration hydration,
    IOptions<ApiOptions> options)
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    /// <summary>The query parameter that may hold a token.</summary>
    public const string QueryToken = "oauth_access_token";

    /// <summary>The caller, or the error that the table of auth-and-tenancy §2 gives.</summary>
    public ValueTask<AuthenticationResult> AuthenticateAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length > 0)
        {
            return AuthenticateHeaderAsync(http, header);
        }

        return HasQueryToken(http, out var token)
            ? AuthenticateTokenAsync(token, http.RequestAborted)
            : ValueTask.FromResult(AuthenticationResult.Missing);
    }

    /// <summary>True when the request carries credentials of any kind, good or bad.</summary>
    public static bool HasCredentials(HttpContext http) =>
        http.Request.Headers.Authorization.Count > 0 || HasQueryToken(http, out _);

    private static bool HasQueryToken(HttpContext http, out string token)
    {
        token = "";
        if (!http.Request.QueryString.HasValue || !http.Request.Query.TryGetValue(QueryToken, out var values))
        {
            return false;
        }

        token = values[0] ?? "";
        return true;
    }

    private ValueTask<AuthenticationResult> AuthenticateHeaderAsync(HttpContext http, string header)
    {
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? header.AsSpan() : header.AsSpan(0, space);
        var rest = space < 0 ? "" : header[(space + 1)..].Trim();
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateTokenAsync(rest, http.RequestAborted);
        }

        return scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            ? AuthenticateBasicAsync(http, rest)
            : ValueTask.FromResult(AuthenticationResult.Missing);
    }

    private ValueTask<AuthenticationResult> AuthenticateTokenAsync(string secret, CancellationToken cancellationToken)
    {
        if (secret.Length is 0 or > TokenSecret.CharsMax)
        {
            return ValueTask.FromResult(AuthenticationResult.Invalid);
        }

        if (secret.StartsWith(TaskGrant.SecretPrefix, StringComparison.Ordinal))
        {
            return LookUpTaskAsync(secret, cancellationToken);
        }

        Span<byte> utf8 = stackalloc byte[TokenSecret.CharsMax * 3];
        Span<byte> digest = stackalloc byte[CredentialKey.ByteCount];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(secret, utf8)], digest);
        var key = CredentialKey.FromDigest(digest);
        if (callers.Find(key) is { } caller)
        {
            uses.Note(caller.Token!);
            return ValueTask.FromResult(new AuthenticationResult(caller, null));
        }

        return LookUpTokenAsync(key, digest.ToArray(), cancellationToken);
    }

    private async ValueTask<AuthenticationResult> LookUpTokenAsync(
        CredentialKey key,
        byte[] digest,
        CancellationToken cancellationToken)
    {
        var version = callers.Version;
        if (await tokens.FindBySecretAsync(digest, cancellationToken).ConfigureAwait(false) is not { } token
            || await users.FindAsync(token.User, cancellationToken).ConfigureAwait(false) is not { } user
            || await companies.FindAsync(user.Company, cancellationToken).ConfigureAwait(false) is not { } company)
        {
            return AuthenticationResult.Invalid;
        }

        Client? client = null;
        if (token.Client is { } id)
        {
            client = await clients.FindAsync(id, cancellationToken).ConfigureAwait(false);
        }

        var caller = new Caller
        {
            User = user,
            Company = company,
            Kind = CredentialKind.Token,
            Token = token,
            Client = client,
        };
        callers.Add(key, caller, version);
        uses.Note(token);
        return new AuthenticationResult(caller, null);
    }

    /// <summary>A hydrater at work. Never remembered: its token ends with its task.</summary>
    private async ValueTask<AuthenticationResult> LookUpTaskAsync(string secret, CancellationToken cancellationToken)
    {
        if (await hydration.FindGrantAsync(secret, cancellationToken).ConfigureAwait(false) is not { } grant
            || await tokens.FindAsync(grant.Provider, cancellationToken).ConfigureAwait(false) is not { } token
            || await users.FindAsync(token.User, cancellationToken).ConfigureAwait(false) is not { } user
            || await companies.FindAsync(user.Company, cancellationToken).ConfigureAwait(false) is not { } company)
        {
            return AuthenticationResult.Invalid;
        }

        var scopes = grant.IsTrusted ? ScopeNames.Provider : ScopeNames.Provider & token.Scopes;
        var caller = new Caller
        {
            User = user,
            Company = company,
            Kind = CredentialKind.Token,
            Token = token with { Scopes = scopes },
            Task = grant,
        };
        return new AuthenticationResult(caller, null);
    }

    private async ValueTask<AuthenticationResult> AuthenticateBasicAsync(HttpContext http, string encoded)
    {
        if (!BasicCredentials.TryParse(encoded, out var credentials))
        {
            return AuthenticationResult.Invalid;
        }

        var attempt = AttemptCounter.PasswordKey(
            http.Connection.RemoteIpAddress, User.NormalizeEmail(credentials.Email));
        if (attempts.SecondsToWait(attempt, options.Value.FailedAttemptsPerMinuteMax, s_minute) is > 0 and var seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return AuthenticationResult.Failed(ErrorCode.TooManyRequests, "Too many wrong passwords; try again later.");
        }

        var cancellationToken = http.RequestAborted;
        var user = await users.FindByEmailAsync(credentials.Email, cancellationToken).ConfigureAwait(false);
        var rememberFor = TimeSpan.FromSeconds(options.Value.PasswordCacheSeconds);
        if (!await passwords.IsRightAsync(user, credentials.Password, rememberFor, cancellationToken).ConfigureAwait(false)
            || await companies.FindAsync(user!.Company, cancellationToken).ConfigureAwait(false) is not { } company)
        {
            attempts.Add(attempt, s_minute);
            return AuthenticationResult.Invalid;
        }

        attempts.Clear(attempt);
        var caller = new Caller { User = user, Company = company, Kind = CredentialKind.Basic };
        return new AuthenticationResult(caller, null);
    }
}
