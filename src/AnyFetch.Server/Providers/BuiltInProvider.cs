using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Ids;
using AnyFetch.Provider;
using AnyFetch.Providers.Box;
using AnyFetch.Providers.Dropbox;
using AnyFetch.Providers.Evernote;
using AnyFetch.Providers.Gmail;
using AnyFetch.Providers.GoogleDrive;
using AnyFetch.Providers.LocalDirectory;
using AnyFetch.Providers.Salesforce;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Directories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Providers;

/// <summary>A provider that comes with this server.</summary>
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
        "The files of a directory on the machine that runs AnyFetch.")
    {
        Folder = "LocalDirectory",
        Add = (services, configuration, data, provider) => services.AddLocalDirectoryProvider(
            options =>
            {
                configuration.GetSection(OptionSections.LocalDirectory).Bind(options);
                foreach (var directory in AllowedDirectories.Read(data))
                {
                    options.AllowedRoots.Add(directory);
                }
            },
            provider),
    };

    public static BuiltInProvider Dropbox { get; } = new(
        DropboxProviderExtensions.Name, IdOf("01"), "Dropbox", "The files of a Dropbox, personal or of a team.")
    {
        Folder = "Dropbox",
        RequiredKeys = [$"{OptionSections.Dropbox}:AppKey", $"{OptionSections.Dropbox}:AppSecret"],
        Add = (services, configuration, _, provider) => services.AddDropboxProvider(
            options => configuration.GetSection(OptionSections.Dropbox).Bind(options), provider),
    };

    public static BuiltInProvider Gmail { get; } = new(
        GmailProviderExtensions.Name, IdOf("02"), "Gmail", "The conversations of a Gmail mailbox, and their attachments.")
    {
        Folder = "Gmail",
        RequiredKeys = [$"{OptionSections.Gmail}:ClientId", $"{OptionSections.Gmail}:ClientSecret"],
        Add = (services, configuration, _, provider) => services.AddGmailProvider(
            options => configuration.GetSection(OptionSections.Gmail).Bind(options), provider),
    };

    public static BuiltInProvider GoogleDrive { get; } = new(
        GoogleDriveProviderExtensions.Name,
        IdOf("03"),
        "Google Drive",
        "The files of a Google Drive, and of the shared drives that one is a member of.")
    {
        Folder = "GoogleDrive",
        RequiredKeys = [$"{OptionSections.GoogleDrive}:ClientId", $"{OptionSections.GoogleDrive}:ClientSecret"],
        Add = (services, configuration, _, provider) => services.AddGoogleDriveProvider(
            options => configuration.GetSection(OptionSections.GoogleDrive).Bind(options), provider),
    };

    public static BuiltInProvider Box { get; } = new(
        BoxProviderExtensions.Name, IdOf("06"), "Box", "The files of a Box account, its own and those shared with it.")
    {
        Folder = "Box",
        RequiredKeys = [$"{OptionSections.Box}:ClientId", $"{OptionSections.Box}:ClientSecret"],
        Add = (services, configuration, _, provider) => services.AddBoxProvider(
            options => configuration.GetSection(OptionSections.Box).Bind(options), provider),
    };

    public static BuiltInProvider Evernote { get; } = new(
        EvernoteProviderExtensions.Name, IdOf("05"), "Evernote", "The notes of an Evernote, with what lies in them.")
    {
        Folder = "Evernote",
        RequiredKeys = [$"{OptionSections.Evernote}:ConsumerKey", $"{OptionSections.Evernote}:ConsumerSecret"],
        Add = (services, configuration, _, provider) => services.AddEvernoteProvider(
            options => configuration.GetSection(OptionSections.Evernote).Bind(options), provider),
    };

    public static BuiltInProvider Salesforce { get; } = new(
        SalesforceProviderExtensions.Name,
        IdOf("04"),
        "Salesforce",
        "The contacts of a Salesforce organisation, and what else is chosen of it.")
    {
        Folder = "Salesforce",
        RequiredKeys = [$"{OptionSections.Salesforce}:ClientId", $"{OptionSections.Salesforce}:ClientSecret"],
        Add = (services, configuration, _, provider) => services.AddSalesforceProvider(
            options => configuration.GetSection(OptionSections.Salesforce).Bind(options), provider),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BuiltInProvider> All { get; } =
        [LocalDirectory, Dropbox, Gmail, GoogleDrive, Box, Evernote, Salesforce];

    /// <summary>Its folder in the repository, which its icon comes from.</summary>
    public required string Folder { get; init; }

    /// <summary>The settings without which it cannot run.</summary>
    public IReadOnlyList<string> RequiredKeys { get; init; } = [];

    /// <summary>Adds it to a host's services: the configuration, the data directory, and what the library needs to know.</summary>
    public required Action<IServiceCollection, IConfiguration, string, Action<AnyFetchProviderOptions>> Add { get; init; }

    public string Path => $"/providers/{Name}";

    public string UrlOn(Uri server) => new Uri(server, Path).AbsoluteUri;

    /// <summary>The settings that it lacks; empty when it can run.</summary>
    public IReadOnlyList<string> MissingKeys(IConfiguration configuration) =>
        [.. RequiredKeys.Where(key => string.IsNullOrWhiteSpace(configuration[key]))];

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

    /// <summary>What people see of it while it cannot run.</summary>
    public UnavailableProvider ToUnavailable(IConfiguration configuration) =>
        new(Title, Description, Path, MissingKeys(configuration));

    private static ClientId IdOf(string last) => new(ObjectId.Parse(IdPrefix + last));
}
