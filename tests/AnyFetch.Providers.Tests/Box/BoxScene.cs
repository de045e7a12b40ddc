using System.Text;
using AnyFetch.Emulators.Box;
using AnyFetch.Providers.Box;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Box;

/// <summary>A scene with a Box.</summary>
public sealed class BoxScene
    : EmulatedScene<BoxScene, BoxEmulator, BoxProvider, BoxProviderOptions>,
        IEmulatorOptions<BoxProviderOptions, BoxEmulator>
{
    public const string PrimaryKey = "SamplePrimaryKey";

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
}
