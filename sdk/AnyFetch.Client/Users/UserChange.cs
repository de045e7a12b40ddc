namespace AnyFetch.Client;

/// <summary>What to set on a user; absent members stay as they are. Creation needs e-mail, name and password.</summary>
public sealed record UserChange
{
    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The display name.</summary>
    public string? Name { get; init; }

    /// <summary>The password.</summary>
    public string? Password { get; init; }

    /// <summary>Whether the user manages the company; only administrators may set it.</summary>
    public bool? IsAdmin { get; init; }
}
