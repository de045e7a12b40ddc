namespace AnyFetch.Client;

/// <summary>A user of a company.</summary>
public sealed record User
{
    /// <summary>24 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The e-mail address, unique over all companies.</summary>
    public string Email { get; init; } = "";

    /// <summary>The display name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether the user manages the company.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>The user's own address.</summary>
    public string? UserUrl { get; init; }
}
