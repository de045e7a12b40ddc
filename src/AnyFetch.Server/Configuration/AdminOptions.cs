using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Server.Configuration;

/// <summary>The first administrator, made when the store has no user yet. Read at no other time.</summary>
public sealed class AdminOptions
{
    /// <summary>The e-mail address; null for <c>admin@anyfetch.local</c>.</summary>
    [EmailAddress]
    public string? Email { get; set; }

    /// <summary>The password; null to make one up and print it once.</summary>
    [MinLength(1)]
    public string? Password { get; set; }
}
