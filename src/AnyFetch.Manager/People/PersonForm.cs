using System.Net.Mail;
using AnyFetch.Core.Users;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.People;

/// <summary>What somebody says about a person: themselves at sign-up, or an administrator about their people.</summary>
internal sealed record PersonForm
{
    /// <summary>Shortest password that the pages take, in characters (auth-and-tenancy §6, 15).</summary>
    public const int PasswordCharsMin = 8;

    private const int PasswordCharsMax = 1000;

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Empty to leave it as it is.</summary>
    public string Password { get; init; } = "";

    public bool IsAdmin { get; init; }

    public static PersonForm Of(User user) => new() { Email = user.Email, Name = user.Name, IsAdmin = user.IsAdmin };

    public static PersonForm Read(IFormCollection form) => new()
    {
        Email = form["email"].ToString().Trim(),
        Name = form["name"].ToString().Trim(),
        Password = form["password"].ToString(),
        IsAdmin = form["is_admin"] == "true",
    };

    /// <summary>What is wrong, in words for whoever filled it in; null when nothing is.</summary>
    public string? FindFault(ManagerOptions options, bool needsPassword)
    {
        if (Email.Length > options.NameCharsMax || !MailAddress.TryCreate(Email, out var address) || address.Address != Email)
        {
            return "This is not an e-mail address.";
        }

        if (Name.Length is 0 || Name.Length > options.NameCharsMax || Name.Any(char.IsControl))
        {
            return $"A name has between 1 and {options.NameCharsMax} characters.";
        }

        if (Password.Length == 0 && !needsPassword)
        {
            return null;
        }

        return Password.Length is < PasswordCharsMin or > PasswordCharsMax
            ? $"A password has at least {PasswordCharsMin} characters."
            : null;
    }
}
