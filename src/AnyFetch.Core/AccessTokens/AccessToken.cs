using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Users;

namespace AnyFetch.Core.AccessTokens;

/// <summary>
/// A token that a user gave to a client, or to nobody (a <em>basic token</em>). The API shows it as a
/// <em>provider</em>: it owns the documents that it created (auth-and-tenancy §2.1). The secret is not part of it.
/// </summary>
public sealed record AccessToken
{
    public required AccessTokenId Id { get; init; }

    public required UserId User { get; init; }

    /// <summary>The company of <see cref="User"/>.</summary>
    public required CompanyId Company { get; init; }

    /// <summary>Null for a basic token and for an anonymous one.</summary>
    public ClientId? Client { get; init; }

    /// <summary>True for the one token that <c>GET /token</c> gives a user.</summary>
    public bool IsBasicToken { get; init; }

    public required Scopes Scopes { get; init; }

    /// <summary>The label of the account at the third party, empty until the provider posts it.</summary>
    public string AccountName { get; init; } = "";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last use, to within a minute.</summary>
    public required DateTimeOffset LastUsed { get; init; }

    /// <summary>True once the provider reported that its grant at the third party is dead.</summary>
    public bool RequireRefresh { get; init; }

    /// <summary>While the provider is at work: when it started. Null when it is idle.</summary>
    public DateTimeOffset? ProvidingSince { get; init; }
}
