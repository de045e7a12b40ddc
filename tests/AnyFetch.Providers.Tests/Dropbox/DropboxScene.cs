using System.Text;
using AnyFetch.Emulators.Dropbox;
using AnyFetch.Providers.Dropbox;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Dropbox;

/// <summary>A scene with a Dropbox.</summary>
public sealed class DropboxScene
    : EmulatedScene<DropboxScene, DropboxEmulator, DropboxProvider, DropboxProviderOptions>,
        IEmulatorOptions<DropboxProviderOptions, DropboxEmulator>
{
    public static string Root => "https://dropbox.com/" + DropboxEmulator.AccountId;

    /// <summary>Points the provider at an emulator.</summary>
    public static void Configure(DropboxProviderOptions options, DropboxEmulator source)
    {
        options.AppKey = DropboxEmulator.AppKey;
        options.AppSecret = DropboxEmulator.AppSecret;
        options.AuthorizeUrl = new Uri(source.Url, "oauth2/authorize");
        options.ApiUrl = source.Url;
        options.ContentUrl = source.Url;
    }

    /// <summary>What the platform holds: the path below the account, and the content.</summary>
    public Dictionary<string, string> Stored() => Platform.Documents.Keys.ToDictionary(
        key => key.Identifier[Root.Length..],
        key => Platform.Files.TryGetValue(key, out var file) ? Encoding.UTF8.GetString(file) : "");

    /// <summary>What the source holds, as the platform should hold it.</summary>
    public Dictionary<string, string> Expected() => Source.Files.Snapshot().ToDictionary(
        file => (string)file["path_lower"]!,
        file => Encoding.UTF8.GetString(Source.Files.Find((string)file["id"]!)!.Content));
}
