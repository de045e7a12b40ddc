using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Ids;
using AnyFetch.Providers.LocalDirectory;

namespace AnyFetch.Server.Providers;

/// <summary>A provider that runs inside this server.</summary>
/// <param name="Name">Its path is <c>/providers/{name}</c>.</param>
/// <param name="Id">Its fixed client id.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">One sentence for people.</param>
internal sealed record BuiltInProvider(string Name, ClientId Id, string Title, string Description)
{
    private const string IdPrefix = "5252ce4ce4cfcd16f55cfc";

    public static BuiltInProvider LocalDirectory { get; } = new(
        LocalDirectoryProviderExtensions.Name,
        IdOf("00"),
        "Local directory",
        "The files of a directory on the machine that runs AnyFetch.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BuiltInProvider> All { get; } = [LocalDirectory];

    public string Path => $"/providers/{Name}";

    public string UrlOn(Uri server) => new Uri(server, Path).AbsoluteUri;

    /// <summary>The application that stands for it: made by the platform itself, so trusted.</summary>
    public Core.Clients.Client ToClient(Uri server) => new()
    {
        Id = Id,
        Name = Title,
        Description = Description,
        RedirectUri = UrlOn(server) + "/init/connect",
        ProviderUrl = UrlOn(server),
        Scopes = ScopeNames.Provider,
        IsTrusted = true,
        IsFeatured = true,
    };

    private static ClientId IdOf(string last) => new(ObjectId.Parse(IdPrefix + last));
}
