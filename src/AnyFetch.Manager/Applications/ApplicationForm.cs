using System.Text;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Manager.Authorize;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Applications;

/// <summary>What a developer says about an application (auth-and-tenancy §4.1).</summary>
internal sealed record ApplicationForm
{
    private const string ConnectPath = "/init/connect";

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public string RedirectUri { get; init; } = "";

    public bool IsOAuthApp { get; init; }

    public bool IsPublic { get; init; }

    public Scopes Scopes { get; init; } = ScopeNames.Provider;

    public static ApplicationForm Of(Client client) => new()
    {
        Name = client.Name,
        Description = client.Description,
        RedirectUri = client.RedirectUri,
        IsOAuthApp = client.IsOAuthApp,
        IsPublic = client.IsPublic,
        Scopes = client.Scopes,
    };

    public static ApplicationForm Read(IFormCollection form) => new()
    {
        Name = form["name"].ToString().Trim(),
        Description = form["description"].ToString().Trim(),
        RedirectUri = form["redirect_uri"].ToString().Trim(),
        IsOAuthApp = form["oauth_app"] == "true",
        IsPublic = form["public"] == "true",
        Scopes = ScopeBoxes.Read(form),
    };

    /// <summary>What is wrong, in words for the developer; null when nothing is.</summary>
    public string? FindFault(ManagerOptions options)
    {
        if (Name.Length == 0 || Name.Length > options.NameCharsMax || Name.Any(char.IsControl))
        {
            return $"The name has between 1 and {options.NameCharsMax} characters.";
        }

        if (Description.Length > options.DescriptionCharsMax)
        {
            return $"The description has at most {options.DescriptionCharsMax} characters.";
        }

        if (RedirectUri.Length > options.AddressCharsMax || !IsCallback(RedirectUri))
        {
            return $"The callback is an http(s) address in ASCII without a fragment, or {Client.OutOfBand}.";
        }

        if (IsPublic && !IsOAuthApp)
        {
            return "A provider runs on a server and can keep a secret: it is not a public application.";
        }

        return Scopes == Scopes.None ? "Choose at least one scope." : null;
    }

    /// <summary>The application with these values.</summary>
    public Client ApplyTo(Client client) => client with
    {
        Name = Name,
        Description = Description,
        RedirectUri = RedirectUri,
        ProviderUrl = IsOAuthApp ? null : ProviderUrlOf(RedirectUri),
        IsOAuthApp = IsOAuthApp,
        IsPublic = IsPublic,
        Scopes = Scopes,
    };

    /// <summary>A provider's own address is its callback without the last two segments (provider-protocol §1).</summary>
    private static string? ProviderUrlOf(string redirectUri)
    {
        var path = redirectUri.Split('?')[0].TrimEnd('/');
        return path.EndsWith(ConnectPath, StringComparison.Ordinal) ? path[..^ConnectPath.Length] : null;
    }

    private bool IsCallback(string address)
    {
        if (address == Client.OutOfBand)
        {
            return IsOAuthApp;
        }

        // An application on a device may have a scheme of its own: reverse domain names, as RFC 8252 §7.1 asks.
        // The address stands in headers of many pages, so it is ASCII: other hosts have a name that starts with xn--.
        return Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && Ascii.IsValid(address)
            && uri.Fragment.Length == 0
            && uri.UserInfo.Length == 0
            && !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            && (uri.Scheme is "http" or "https" || (IsPublic && uri.Scheme.Contains('.', StringComparison.Ordinal)));
    }
}
