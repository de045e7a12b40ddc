using System.Text;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Box;
using AnyFetch.Provider;
using AnyFetch.Providers.Box;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Box;

/// <summary>A scene with a Box.</summary>
public sealed class BoxScene : SourceScene
{
    public const string PrimaryKey = "SamplePrimaryKey";

    private Action<BoxProviderOptions>? _source;

    public required BoxEmulator Source { get; init; }

    public override SourceEmulator Emulator => Source;

    public static async Task<BoxScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, Action<BoxProviderOptions>? source = null,
        TimeProvider? time = null, bool connect = true) =>
        await StartAsync(
            new BoxScene
            {
                Source = await BoxEmulator.StartAsync(time), ConfigureProvider = configure, Time = time, _source = source,
            },
            connect);

    /// <summary>Points the provider at an emulator.</summary>
    public static void Configure(BoxProviderOptions options, BoxEmulator source)
    {
        options.ClientId = BoxEmulator.ClientId;
        options.ClientSecret = BoxEmulator.ClientSecret;
        options.WebhookPrimaryKey = PrimaryKey;
        options.AuthorizeUrl = new Uri(source.Url, "api/oauth2/authorize");
        options.ApiUrl = source.Url;
    }

    /// <summary>What the platform holds: the path, and the content.</summary>
    public Dictionary<string, string> Stored() => Platform.Documents.ToDictionary(
        document => (string)document.Value["metadata"]!["path"]!,
        document => Platform.Files.TryGetValue(document.Key, out var file) ? Encoding.UTF8.GetString(file) : "");

    /// <summary>What the source holds, as the platform should hold it.</summary>
    public Dictionary<string, string> Expected() => Source.Files.All().ToDictionary(
        file => "/" + string.Concat(Source.Files.Describe(file)["path_collection"]!["entries"]!.AsArray().Skip(1)
            .Select(folder => (string)folder!["name"]! + "/")) + file.Name,
        file => Encoding.UTF8.GetString(file.Content));

    protected override Task<TestHost> StartHostAsync(
        FakePlatform platform, string directory, Action<AnyFetchProviderOptions>? configure, TimeProvider? time) =>
        StartHostAsync<BoxProvider, BoxProviderOptions>(
            platform, directory, options => Configure(options, Source), _source, configure, time);
}
