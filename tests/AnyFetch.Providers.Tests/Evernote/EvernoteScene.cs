using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Evernote;
using AnyFetch.Provider;
using AnyFetch.Providers.Evernote;
using AnyFetch.Providers.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Tests.Evernote;

/// <summary>A scene with an Evernote.</summary>
public sealed class EvernoteScene : SourceScene
{
    public const string List = "getFilteredSyncChunk";

    private Action<EvernoteProviderOptions>? _source;

    public required EvernoteEmulator Source { get; init; }

    public override SourceEmulator Emulator => Source;

    public static async Task<EvernoteScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, Action<EvernoteProviderOptions>? source = null,
        TimeProvider? time = null, bool connect = true) =>
        await StartAsync(
            new EvernoteScene
            {
                Source = await EvernoteEmulator.StartAsync(time),
                ConfigureProvider = configure,
                Time = time,
                _source = source,
            },
            connect);

    /// <summary>Points the provider at an emulator.</summary>
    public static void Configure(EvernoteProviderOptions options, EvernoteEmulator source)
    {
        options.ConsumerKey = EvernoteEmulator.ConsumerKey;
        options.ConsumerSecret = EvernoteEmulator.ConsumerSecret;
        options.ServiceUrl = source.Url;
    }

    /// <summary>The document of a note or an attachment.</summary>
    public JsonObject Document(string identifier) => Platform.Documents[(Token, identifier)];

    /// <summary>What the platform holds: the identifiers, and the text of notes or the content of files.</summary>
    public Dictionary<string, string> Stored() => Platform.Documents.ToDictionary(
        pair => pair.Key.Identifier,
        pair => Platform.Files.TryGetValue(pair.Key, out var file)
            ? Encoding.UTF8.GetString(file)
            : (string?)pair.Value["metadata"]!["text"] ?? "");

    /// <summary>What the source holds, as the platform should hold it; the notes' bodies are plain text.</summary>
    public Dictionary<string, string> Expected()
    {
        var held = new Dictionary<string, string>();
        foreach (var note in Source.Notes.All().Where(note => note.Deleted is null))
        {
            var body = note.Content[(note.Content.IndexOf("<en-note>", StringComparison.Ordinal) + 9)..];
            held[note.Id] = body[..body.IndexOf('<', StringComparison.Ordinal)];
            foreach (var resource in note.Resources)
            {
                held[$"{note.Id}/{resource.Id}"] = Encoding.UTF8.GetString(resource.Content);
            }
        }

        return held;
    }

    protected override Task<TestHost> StartHostAsync(
        FakePlatform platform, string directory, Action<AnyFetchProviderOptions>? configure, TimeProvider? time) =>
        TestHost.StartAsync<EvernoteProvider>(
            platform,
            directory,
            services => services.Configure<EvernoteProviderOptions>(options =>
            {
                Configure(options, Source);
                _source?.Invoke(options);
            }),
            options =>
            {
                options.Concurrency = 2;
                configure?.Invoke(options);
            },
            time);
}
