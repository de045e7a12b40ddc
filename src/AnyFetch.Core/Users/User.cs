using AnyFetch.Core.Companies;

namespace AnyFetch.Core.Users;

/// <summary>A person. Belongs to exactly one company.</summary>
public sealed record User
{
    public required UserId Id { get; init; }

    public required CompanyId Company { get; init; }

    /// <summary>Globally unique, compared without case; kept as it was typed.</summary>
    public required string Email { get; init; }

    /// <summary>
    /// False once the user put in an address that no administrator has confirmed since: nobody's documents are opened
    /// to a user on the word of such an address. Default true.
    /// </summary>
    public bool IsEmailVouched { get; init; } = true;

    public required string Name { get; init; }

    /// <summary>May manage users and the company. Not a right to see documents.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>The hash made by ASP.NET Core's identity hasher. Never leaves the server.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>
    /// The form in which e-mail addresses are compared: without surrounding white space, and every letter in upper case
    /// by the rules of no language. Addresses that show the same letter in different code points (é as one or as two)
    /// stay different ones: composing them needs culture data, without which AnyFetch runs.
    /// </summary>
    public static string NormalizeEmail(string email) => email.Trim().ToUpperInvariant();
}
