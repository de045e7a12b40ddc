using AnyFetch.Core.AccessTokens;
using AnyFetch.Manager.Authorize;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Tokens;

/// <summary>What a user says about an extra token.</summary>
internal sealed record ExtraTokenForm
{
    public string Name { get; init; } = "";

    public Scopes Scopes { get; init; } = Scopes.ReadDocuments;

    public static ExtraTokenForm Read(IFormCollection form) => new()
    {
        Name = form["name"].ToString().Trim(),
        Scopes = ScopeBoxes.Read(form),
    };

    /// <summary>What is wrong, in words for the user; null when nothing is.</summary>
    public string? FindFault(ManagerOptions options)
    {
        if (Name.Length == 0 || Name.Length > options.NameCharsMax || Name.Any(char.IsControl))
        {
            return $"The name has between 1 and {options.NameCharsMax} characters.";
        }

        return Scopes == Scopes.None ? "Choose at least one scope." : null;
    }
}
