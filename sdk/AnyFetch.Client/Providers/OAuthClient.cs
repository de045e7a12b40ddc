namespace AnyFetch.Client;

/// <summary>A registered application.</summary>
public sealed record OAuthClient
{
    /// <summary>24 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name shown to people.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it reads on behalf of users, rather than sends documents; in lists.</summary>
    public bool? OauthApp { get; init; }
}
