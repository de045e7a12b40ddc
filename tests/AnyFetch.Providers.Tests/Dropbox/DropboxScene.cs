using System.Text;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Dropbox;
using AnyFetch.Provider;
using AnyFetch.Providers.Dropbox;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Dropbox;

/// <summary>A scene with a Dropbox.</summary>
public sealed class DropboxScene : SourceScene
{
    private Action<DropboxProviderOptions>? _source;

    public required DropboxEmulator Source { get; init; }

    public override SourceEmulator Emulator => Source;

    public static string Root => "https://dropbox.com/" + DropboxEmulator.AccountId;

    public static async Task<DropboxScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, Action<DropboxProviderOptions>? source = null,
        TimeProvider? time = null, bool connect = true) =>
        await StartAsync(
            new DropboxScene
            {
                Source = await DropboxEmulator.StartAsync(time),
                ConfigureProvider = configure,
                Time = time,
                _source = source,
            },
            connect);

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

    protected override Task<TestHost> StartHostAsync(
        FakePlatform platform, string directory, Action<AnyFetchProviderOptions>? configure, TimeProvider? time) =>
        StartHostAsync<DropboxProvider, DropboxProviderOptions>(
            platform, directory, options => Configure(options, Source), _source, configure, time);
}
