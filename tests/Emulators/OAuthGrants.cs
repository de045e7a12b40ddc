using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace AnyFetch.Emulators;

/// <summary>Codes, refresh tokens and access tokens of the emulated application.</summary>
/// <param name="time">The clock.</param>
/// <param name="accessSeconds">How long an access token lives.</param>
public sealed class OAuthGrants(TimeProvider time, int accessSeconds)
{
    private readonly ConcurrentDictionary<string, string> _codes = new();
    private readonly ConcurrentDictionary<string, bool> _refreshTokens = new();
    private readonly ConcurrentDictionary<string, (string Refresh, DateTimeOffset Ends)> _access = new();
    private int _refreshes;

    /// <summary>How long an access token lives.</summary>
    public int AccessSeconds => accessSeconds;

    /// <summary>Whether an answer says how long that is.</summary>
    public bool TellsExpiry { get; init; } = true;

    /// <summary>Whether a refresh token works once, and each answer brings the next.</summary>
    public bool Rotates { get; init; }

    /// <summary>What every access token begins with.</summary>
    public string AccessPrefix { get; init; } = "";

    /// <summary>Members of an answer besides the tokens; whether it is the first one of a grant.</summary>
    public Func<bool, Dictionary<string, object>> Members { get; init; } = _ => [];

    /// <summary>How often a refresh token was traded.</summary>
    public int Refreshes => _refreshes;

    /// <summary>Every secret that was ever given out.</summary>
    public ConcurrentQueue<string> Secrets { get; } = new();

    /// <summary>A code that is bound to a PKCE challenge.</summary>
    public string NewCode(string challenge)
    {
        var code = Random();
        _codes[code] = challenge;
        return code;
    }

    /// <summary>An access token by itself, as services without refresh tokens give it.</summary>
    public string NewAccess() => (string)Answer(NewRefreshToken(), isFirst: true)["access_token"];

    /// <summary>Ends every grant: the person removed the application.</summary>
    public void RevokeAll()
    {
        _refreshTokens.Clear();
        _access.Clear();
    }

    /// <summary>Ends the access tokens alone, before their time.</summary>
    public void ExpireAccess() => _access.Clear();

    /// <summary>Ends the grant of a token of either kind. False when there is none.</summary>
    public bool Revoke(string token)
    {
        var refresh = _access.TryGetValue(token, out var grant) ? grant.Refresh : token;
        _access.Where(entry => entry.Value.Refresh == refresh).ToList()
            .ForEach(entry => _access.TryRemove(entry.Key, out _));
        return _refreshTokens.TryRemove(refresh, out _);
    }

    /// <summary>Whether an access token is good now.</summary>
    public bool IsGood(string? access) =>
        access is not null && _access.TryGetValue(access, out var grant) && grant.Ends > time.GetUtcNow();

    /// <summary>The answer of the token endpoint; null for <c>invalid_grant</c>.</summary>
    public Dictionary<string, object>? Trade(IReadOnlyDictionary<string, string> form)
    {
        if (form.GetValueOrDefault("grant_type") == "authorization_code")
        {
            var verifier = Encoding.ASCII.GetBytes(form.GetValueOrDefault("code_verifier") ?? "");
            var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(verifier));
            return _codes.TryRemove(form.GetValueOrDefault("code") ?? "", out var expected) && expected == challenge
                ? Answer(NewRefreshToken(), isFirst: true)
                : null;
        }

        Interlocked.Increment(ref _refreshes);
        var refresh = form.GetValueOrDefault("refresh_token") ?? "";
        if (Rotates)
        {
            return _refreshTokens.TryRemove(refresh, out _) ? Answer(NewRefreshToken(), isFirst: false) : null;
        }

        return _refreshTokens.ContainsKey(refresh) ? Answer(refresh, isFirst: false) : null;
    }

    private string NewRefreshToken()
    {
        var token = Random();
        _refreshTokens[token] = true;
        return token;
    }

    private Dictionary<string, object> Answer(string refresh, bool isFirst)
    {
        var access = AccessPrefix + Random();
        _access[access] = (refresh, time.GetUtcNow().AddSeconds(accessSeconds));
        var answer = Members(isFirst);
        answer["access_token"] = access;
        answer["token_type"] = "bearer";
        if (TellsExpiry)
        {
            answer["expires_in"] = accessSeconds;
        }

        if (isFirst || Rotates)
        {
            answer["refresh_token"] = refresh;
        }

        return answer;
    }

    private string Random()
    {
        var secret = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(24));
        Secrets.Enqueue(secret);
        return secret;
    }
}
