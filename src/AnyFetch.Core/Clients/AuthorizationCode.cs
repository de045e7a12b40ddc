using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Users;

namespace AnyFetch.Core.Clients;

/// <summary>What a code stands for until it is traded for a token (auth-and-tenancy §4.3).</summary>
public sealed record AuthorizationCode
{
    /// <summary>How long a code lives, in minutes.</summary>
    public const int LifeMinutes = 10;

    /// <summary>Length of a base64url SHA-256 without padding, in characters.</summary>
    public const int CodeChallengeCharsMax = 43;

    public required ClientId Client { get; init; }

    public required UserId User { get; init; }

    public required Scopes Scopes { get; init; }

    public required string RedirectUri { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>
    /// The PKCE challenge (RFC 7636, method S256: base64url of a SHA-256) that the verifier must meet; null when the
    /// application sent none. At most <see cref="CodeChallengeCharsMax"/> characters.
    /// </summary>
    public string? CodeChallenge { get; init; }

    /// <summary>The token to replace when the code is traded, if the application asked for that.</summary>
    public AccessTokenId? Replaces { get; init; }

    /// <summary>The token that the code gave, once it is spent. Trading it again revokes that token.</summary>
    public AccessTokenId? SpentOn { get; init; }
}
