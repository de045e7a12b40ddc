using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace AnyFetch.Emulators.Dropbox;

/// <summary>Codes, refresh tokens and access tokens of the emulated application.</summary>
public sealed class DropboxGrants(TimeProvider time)
{
    private const int AccessSeconds = 14400;

    private readonly ConcurrentDictionary<string, string> _codes = new();
    private readonly ConcurrentDictionary<string, bool> _refreshTokens = new();
    private readonly ConcurrentDictionary<string, (string Refresh, DateTimeOffset Ends)> _access = new();
    private int _refreshes;

    /// <summary>How often a refresh token was traded.</summary>
    public int Refreshes => _refreshes;

    /// <summary>Every secret that was ever given out.</summary>
    public IEnumerable<string> Secrets => _refreshTokens.Keys.Concat(_access.Keys).Concat(_codes.Keys);

    /// <summary>A code that is bound to a PKCE challenge.</summary>
    public string NewCode(string challenge)
    {
        var code = Random();
        _codes[code] = challenge;
        return code;
    }

    /// <summary>Ends every grant: the person removed the application.</summary>
    public void RevokeAll()
    {
        _refreshTokens.Clear();
        _access.Clear();
    }

    /// <summary>Ends the access tokens alone, before their time.</summary>
    public void ExpireAccess() => _access.Clear();

    /// <summary>Ends the grant of an access token.</summary>
    public void Revoke(string access)
    {
        if (_access.TryGetValue(access, out var grant))
        {
            _refreshTokens.TryRemove(grant.Refresh, out _);
            _access.Where(entry => entry.Value.Refresh == grant.Refresh).ToList()
                .ForEach(entry => _access.TryRemove(entry.Key, out _));
        }
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
        var access = "sl." + Random();
        _access[access] = (refresh, time.GetUtcNow().AddSeconds(AccessSeconds));
        var answer = new Dictionary<string, object>
        {
            ["access_token"] = access, ["token_type"] = "bearer", ["expires_in"] = AccessSeconds,
        };
        if (isFirst)
        {
            answer["refresh_token"] = refresh;
            answer["account_id"] = DropboxEmulator.AccountId;
            answer["scope"] = "account_info.read files.content.read files.metadata.read";
        }

        return answer;
    }

    private static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(24));
}
