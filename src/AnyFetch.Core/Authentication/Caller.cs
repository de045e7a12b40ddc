using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Users;

namespace AnyFetch.Core.Authentication;

/// <summary>Who is calling, proven by credentials (auth-and-tenancy §2).</summary>
public sealed record Caller
{
    public required User User { get; init; }

    public required Company Company { get; init; }

    public required CredentialKind Kind { get; init; }

    /// <summary>The token that was used; null with e-mail and password.</summary>
    public AccessToken? Token { get; init; }

    /// <summary>The application of the token; null for basic tokens and with e-mail and password.</summary>
    public Client? Client { get; init; }

    /// <summary>Set for a hydrater that acts for <see cref="Token"/> while a task lasts.</summary>
    public TaskGrant? Task { get; init; }

    /// <summary>What the credentials allow: everything with e-mail and password.</summary>
    public Scopes Scopes => Token?.Scopes ?? Scopes.All;

    /// <summary>Only a trusted application or hydrater may write into a secure company.</summary>
    public bool IsTrusted => Task?.IsTrusted ?? Client?.IsTrusted ?? false;
}

/// <summary>How a caller proved who it is.</summary>
public enum CredentialKind
{
    /// <summary>E-mail and password.</summary>
    Basic,

    /// <summary>A bearer token, in the header or in the query.</summary>
    Token,
}
