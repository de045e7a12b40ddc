using AnyFetch.Api;
using AnyFetch.Hydration;
using AnyFetch.Manager;
using AnyFetch.Providers.Box;
using AnyFetch.Providers.Dropbox;
using AnyFetch.Providers.Evernote;
using AnyFetch.Providers.Gmail;
using AnyFetch.Providers.GoogleDrive;
using AnyFetch.Providers.LocalDirectory;
using AnyFetch.Providers.Salesforce;
using AnyFetch.Search;
using AnyFetch.Server.Http;
using AnyFetch.Server.Hydraters;
using AnyFetch.Server.Images;
using AnyFetch.Server.Logs;
using AnyFetch.Server.Providers;
using AnyFetch.Storage;

namespace AnyFetch.Server.Configuration;

/// <summary>Everything that can be configured, one line a concern.</summary>
public static class OptionSections
{
    /// <summary>The section of the built-in hydraters.</summary>
    public const string Hydraters = "Hydraters";

    /// <summary>The section of the local directory provider.</summary>
    public const string LocalDirectory = "Providers:LocalDirectory";

    /// <summary>The section of the Dropbox provider.</summary>
    public const string Dropbox = "Providers:Dropbox";

    /// <summary>The section of the Gmail provider.</summary>
    public const string Gmail = "Providers:Gmail";

    /// <summary>The section of the Google Drive provider.</summary>
    public const string GoogleDrive = "Providers:GoogleDrive";

    /// <summary>The section of the Box provider.</summary>
    public const string Box = "Providers:Box";

    /// <summary>The section of the Evernote provider.</summary>
    public const string Evernote = "Providers:Evernote";

    /// <summary>The section of the Salesforce provider.</summary>
    public const string Salesforce = "Providers:Salesforce";

    /// <summary>All sections.</summary>
    public static IReadOnlyList<OptionSection> All { get; } =
    [
        OptionSection.Of<ServerOptions>(""),
        OptionSection.Of<AdminOptions>("Admin"),
        OptionSection.Of<HttpOptions>("Http"),
        OptionSection.Of<LogOptions>("Log"),
        OptionSection.Of<ApiOptions>(ApiOptions.Section),
        OptionSection.Of<ManagerOptions>(ManagerOptions.Section),
        OptionSection.Of<StorageOptions>(StorageOptions.Section),
        OptionSection.Of<SearchOptions>(SearchOptions.Section),
        OptionSection.Of<HydrationOptions>(HydrationOptions.Section),
        OptionSection.Of<HydraterHostingOptions>(Hydraters),
        .. BuiltInHydraterSections.All,
        OptionSection.Of<PageImageOptions>(PageImageOptions.Section),
        OptionSection.Of<ProviderHostingOptions>(ProviderHostingOptions.Section),
        OptionSection.Of<LocalDirectoryProviderOptions>(LocalDirectory),
        OptionSection.Of<DropboxProviderOptions>(Dropbox),
        OptionSection.Of<GmailProviderOptions>(Gmail),
        OptionSection.Of<GoogleDriveProviderOptions>(GoogleDrive),
        OptionSection.Of<BoxProviderOptions>(Box),
        OptionSection.Of<EvernoteProviderOptions>(Evernote),
        OptionSection.Of<SalesforceProviderOptions>(Salesforce),
    ];
}
