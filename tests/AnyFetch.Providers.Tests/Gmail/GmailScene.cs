using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Google;
using AnyFetch.Providers.Gmail;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Providers.Tests.GoogleDrive;

namespace AnyFetch.Providers.Tests.Gmail;

/// <summary>A scene with a Gmail mailbox.</summary>
public sealed class GmailScene
    : EmulatedScene<GmailScene, GmailEmulator, GmailProvider, GmailProviderOptions>,
        IEmulatorOptions<GmailProviderOptions, GmailEmulator>
{
    public const string Root = $"https://mail.google.com/mail/b/{GoogleEmulator.Email}/?cm#all/";

    public MailBox Box => Source.Box;

    /// <summary>Points the provider at an emulator.</summary>
    public static void Configure(GmailProviderOptions options, GmailEmulator source)
    {
        GoogleDriveScene.ConfigureApplication(options, source.Url);
        options.ApiUrl = new Uri(source.Url, "gmail/v1/");
        options.KeysUrl = new Uri(source.Url, "oauth2/v3/certs");
    }

    /// <summary>A mail with an attachment.</summary>
    public static MailEntry Letter(string subject, params MailFile[] files) =>
        new("Ben <ben@y.test>", subject, "About " + subject) { Files = files };

    public static MailFile File(string name, string content) => new(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Whether a call asks for the content of an attachment.</summary>
    public static bool IsContent(EmulatedCall call) => call.Path.Contains("/attachments/", StringComparison.Ordinal);

    /// <summary>The document of a thread.</summary>
    public JsonObject Thread(string id) => Platform.Documents[(Token, Root + id)];

    /// <summary>What the platform holds: threads by id with their texts, attachments with their contents.</summary>
    public Dictionary<string, string> Stored() => Platform.Documents.ToDictionary(
        entry => entry.Key.Identifier[Root.Length..],
        entry => (string?)entry.Value["document_type"] == "file"
            ? ContentOf(entry.Key)
            : string.Join('|', entry.Value["metadata"]!["messages"]!.AsArray().Select(message => (string?)message!["text"])));

    /// <summary>What the source holds, as the platform should hold it.</summary>
    public Dictionary<string, string> Expected()
    {
        var expected = new Dictionary<string, string>();
        foreach (var thread in Box.Threads())
        {
            var messages = Box.Of(thread).Where(message => !message.Labels.Contains("TRASH")).ToList();
            expected[thread] = string.Join('|', messages.Select(message => message.Text));
            foreach (var file in messages.SelectMany(message => message.Files))
            {
                expected.TryAdd($"{thread}-{file.Name}", Encoding.UTF8.GetString(file.Content));
            }
        }

        return expected;
    }
}
