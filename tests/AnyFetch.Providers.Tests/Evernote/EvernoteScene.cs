using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Emulators.Evernote;
using AnyFetch.Providers.Evernote;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Evernote;

/// <summary>A scene with an Evernote.</summary>
public sealed class EvernoteScene
    : EmulatedScene<EvernoteScene, EvernoteEmulator, EvernoteProvider, EvernoteProviderOptions>,
        IEmulatorOptions<EvernoteProviderOptions, EvernoteEmulator>
{
    public const string List = "getFilteredSyncChunk";

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
}
