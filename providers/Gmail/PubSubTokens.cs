using AnyFetch.Provider;
using AnyFetch.Providers.GoogleAccounts;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AnyFetch.Providers.Gmail;

/// <summary>
/// Checks the tokens that Cloud Pub/Sub proves its calls with: OpenID Connect, signed with RS256 by one of the keys that Google
/// publishes, for our audience, in the name of our service account.
/// </summary>
internal sealed class PubSubTokens(GmailProviderOptions options, GoogleConnection google, TimeProvider time)
{
    private const string Scheme = "Bearer ";
    private const int TokenBytesMax = 16 * 1024;
    private const int KeysMax = 100;

    private static readonly string[] Issuers = ["https://accounts.google.com", "accounts.google.com"];
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    // A token with an unknown key makes us ask again, but whoever makes up such tokens does not make us ask all the time.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler _reader = new() { MaximumTokenSizeInBytes = TokenBytesMax };
    private readonly Lock _lock = new();
    private Task<IReadOnlyList<JsonWebKey>> _keys = Task.FromResult<IReadOnlyList<JsonWebKey>>([]);
    private DateTimeOffset _askedAt;

    /// <summary>What a call's header <c>Authorization</c> proves.</summary>
    /// <exception cref="SourceException">Google's keys cannot be read now.</exception>
    public async Task<PubSubProof> CheckAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return PubSubProof.None;
        }

        var token = authorization[Scheme.Length..].Trim();
        var result = await ReadAsync(token, isNewerWanted: false, cancellationToken);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            result = await ReadAsync(token, isNewerWanted: true, cancellationToken);
        }

        return result.IsValid && result.SecurityToken is JsonWebToken read ? ProofOf(read)
            : result.Exception is SecurityTokenInvalidAudienceException or SecurityTokenInvalidIssuerException ? PubSubProof.OfOthers
            : PubSubProof.None;
    }

    private PubSubProof ProofOf(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("email", out var email)
        && token.TryGetPayloadValue<bool>("email_verified", out var isVerified)
        && isVerified
        && email == options.NoticeAccount
            ? PubSubProof.Ours
            : PubSubProof.OfOthers;

    private async Task<TokenValidationResult> ReadAsync(
        string token, bool isNewerWanted, CancellationToken cancellationToken)
    {
        var keys = await Keys(isNewerWanted).WaitAsync(cancellationToken);
        return await _reader.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidIssuers = Issuers,
            ValidAudience = options.NoticeAudience,
            IssuerSigningKeys = keys,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (begins, ends, _, _) => IsCurrent(begins, ends),
        });
    }

    private bool IsCurrent(DateTime? begins, DateTime? ends)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return ends > now - ClockSkew && (begins is null || begins <= now + ClockSkew);
    }

    // One question, however many calls wait for its answer.
    private Task<IReadOnlyList<JsonWebKey>> Keys(bool isNewerWanted)
    {
        lock (_lock)
        {
            var age = time.GetUtcNow() - _askedAt;
            if (age >= TimeSpan.FromMinutes(options.KeysMinutesMax)
                || ((isNewerWanted || _keys.IsFaulted) && age >= AskAgainAfter))
            {
                _askedAt = time.GetUtcNow();
                _keys = AskAsync();
            }

            return _keys;
        }
    }

    private async Task<IReadOnlyList<JsonWebKey>> AskAsync()
    {
        var answer = await google.GetPublicAsync(options.KeysUrl, GmailJson.Default.GoogleKeys, CancellationToken.None);
        return
        [
            .. answer.Keys.Take(KeysMax).Select(key => new JsonWebKey
            {
                Kty = key.Kty, KeyId = key.Kid, Kid = key.Kid, N = key.N, E = key.E,
            }),
        ];
    }
}

/// <summary>What a token proves.</summary>
internal enum PubSubProof
{
    /// <summary>Nothing: there is none, or it is forged or over.</summary>
    None,

    /// <summary>That Google sends it, but on behalf of others.</summary>
    OfOthers,

    /// <summary>That our subscription sends it.</summary>
    Ours,
}
