namespace AnyFetch.Client;

/// <summary>An access token seen from outside: a connected source, never its secret. Short forms leave members null.</summary>
public sealed record ConnectedProvider
{
    /// <summary>24 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The application; null for a basic token.</summary>
    public OAuthClient? Client { get; init; }

    /// <summary>Whether it is the user's own token of <c>GET /token</c>.</summary>
    public bool IsBasicToken { get; init; }

    /// <summary>The label of the account at the source.</summary>
    public string AccountName { get; init; } = "";

    /// <summary>When it was last used.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>Whether a person must reconnect; in lists.</summary>
    public bool? RequireRefresh { get; init; }

    /// <summary>What it may do; in lists.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Whether it is the token of this call; in lists.</summary>
    public bool? Current { get; init; }

    /// <summary>How many documents it sent; in lists and facets.</summary>
    public long? DocumentCount { get; init; }

    /// <summary>When one of its documents last changed; in lists.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Whether it is sending documents now; in lists.</summary>
    public bool? Providing { get; init; }
}
