using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Users;

namespace AnyFetch.Core.Clients;

/// <summary>An OAuth application: a provider, or an app that reads on behalf of users (auth-and-tenancy §4.1).</summary>
public sealed record Client
{
    /// <summary>The public <c>client_id</c>.</summary>
    public required ClientId Id { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Where the browser may be sent with a code: an exact URL, or <see cref="OutOfBand"/>.</summary>
    public required string RedirectUri { get; init; }

    /// <summary>Where the platform reaches the provider's <c>/update</c> and <c>/token</c>; null for apps.</summary>
    public string? ProviderUrl { get; init; }

    /// <summary>True for apps that read on behalf of users, false for providers.</summary>
    public bool IsOAuthApp { get; init; }

    /// <summary>
    /// True for apps that cannot keep a secret (in a browser, on a phone): they prove themselves with PKCE
    /// (RFC 7636) instead. Such a client has no secret.
    /// </summary>
    public bool IsPublic { get; init; }

    public required Scopes Scopes { get; init; }

    /// <summary>Set by the platform's operator: may write into secure companies.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Set by the platform's operator: shown first on the marketplace.</summary>
    public bool IsFeatured { get; init; }

    /// <summary>The user who registered it; null for the built-in providers.</summary>
    public UserId? Developer { get; init; }

    /// <summary>The redirect of applications that cannot receive one: the code is shown on a page.</summary>
    public const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";
}
