using System.Buffers.Text;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Google;
using AnyFetch.Provider;
using AnyFetch.Providers.Gmail;
using AnyFetch.Providers.GoogleAccounts;
using AnyFetch.Providers.GoogleDrive;
using AnyFetch.Providers.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Tests.Google;

/// <summary>Gmail and Google Drive over an emulator that others wrote: OAuth, threads with their history, files.</summary>
public sealed class EmulateTests
{
    [EmulateFact]
    public async Task A_mailbox_is_sent_and_followed()
    {
        await using var scene = await EmulateScene.StartAsync<GmailProvider, GmailProviderOptions>(
            (options, url) => options.ApiUrl = new Uri(url, "gmail/v1/"));
        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
        var mail = await scene.DeliverAsync("The kite", "It flies.", thread: null, file: "The bowline holds.");
        await scene.RunAsync();
        var thread = (string)mail["threadId"]!;
        var root = $"https://mail.google.com/mail/b/{GoogleEmulator.Email}/?cm#all/{thread}";
        var document = scene.Platform.Documents[(scene.Token, root)];
        Assert.Equal("The kite", (string?)document["metadata"]!["subject"]);
        Assert.Equal("It flies.", ((string?)document["metadata"]!["messages"]![0]!["text"])!.Trim());
        Assert.Equal("Ben", (string?)document["metadata"]!["participants"]![0]!["name"]);
        Assert.Equal("The bowline holds.", Encoding.UTF8.GetString(scene.Platform.Files[(scene.Token, root + "-knots.txt")]));

        await scene.DeliverAsync("Re: The kite", "It fell.", thread, file: null);
        await scene.RunAsync();
        Assert.Equal([root], scene.Platform.SentIdentifiers());
        Assert.Equal(2, scene.Platform.Documents[(scene.Token, root)]["metadata"]!["messages"]!.AsArray().Count);
        await scene.RunAsync(("full", "1"));
        Assert.Empty(scene.Platform.SentIdentifiers());

        await scene.Front.CallAsync(
            HttpMethod.Post, $"gmail/v1/users/me/threads/{thread}/trash", JsonContent.Create(new JsonObject()));
        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
    }

    [EmulateFact]
    public async Task A_drive_is_sent_and_followed()
    {
        await using var scene = await EmulateScene.StartAsync<GoogleDriveProvider, GoogleDriveProviderOptions>(
            (options, url) => options.ApiUrl = new Uri(url, "drive/v3/"));
        await scene.RunAsync();
        var folder = await scene.PutAsync("Garden", "application/vnd.google-apps.folder", "root", content: null);
        var file = await scene.PutAsync("Roses.txt", "text/plain", folder, "The roses want water.");
        await scene.RunAsync(("full", "1"));
        var document = Assert.Single(scene.Platform.Documents);
        Assert.Equal("https://docs.google.com/file/d/" + file, document.Key.Identifier);
        Assert.Equal("/Garden/Roses.txt", (string?)document.Value["metadata"]!["path"]);
        Assert.Equal("The roses want water.", Encoding.UTF8.GetString(Assert.Single(scene.Platform.Files).Value));
        await scene.RunAsync();
        Assert.Empty(scene.Platform.SentIdentifiers());

        var name = new JsonObject { ["name"] = "Balcony" };
        await scene.Front.CallAsync(HttpMethod.Patch, "drive/v3/files/" + folder, JsonContent.Create(name));
        scene.Front.Changed(folder);
        await scene.RunAsync();
        Assert.Equal("/Balcony/Roses.txt", (string?)Assert.Single(scene.Platform.Documents).Value["metadata"]!["path"]);
        Assert.Equal("The roses want water.", Encoding.UTF8.GetString(Assert.Single(scene.Platform.Files).Value));
    }

    /// <summary>A test that needs the package; without it, it is skipped and says why.</summary>
    private sealed class EmulateFactAttribute : FactAttribute
    {
        public EmulateFactAttribute() => Skip = EmulateProcess.Missing(RepositoryRoot.Path);
    }

    /// <summary>A scene with the other emulator.</summary>
    private sealed class EmulateScene : SourceScene
    {
        private readonly TempDirectory _seed = new();
        private EmulateProcess _process = null!;
        private Func<FakePlatform, string, Task<TestHost>> _start = null!;

        public EmulateFront Front { get; private set; } = null!;

        public override SourceEmulator Emulator => Front;

        public static async Task<EmulateScene> StartAsync<TProvider, TOptions>(Action<TOptions, Uri> configure)
            where TProvider : class, IProvider
            where TOptions : GoogleApplicationOptions
        {
            var scene = new EmulateScene();
            scene._process = EmulateProcess.Start(RepositoryRoot.Path, scene._seed.Path, GoogleEmulator.Email, FreePort.Take());
            scene.Front = await EmulateFront.StartAsync(scene._process.Url, GoogleEmulator.Email);
            await Eventually.TrueAsync(scene.Front.IsReadyAsync, what: "the emulator answers");
            scene._start = (platform, directory) => TestHost.StartAsync<TProvider>(
                platform, directory, services => services.Configure<TOptions>(options =>
                {
                    (options.ClientId, options.ClientSecret) = (GoogleEmulator.ClientId, GoogleEmulator.ClientSecret);
                    options.AuthorizeUrl = new Uri(scene.Front.Url, "o/oauth2/v2/auth");
                    options.TokenUrl = new Uri(scene.Front.Url, "oauth2/token");
                    options.RevokeUrl = new Uri(scene.Front.Url, "oauth2/revoke");
                    options.UserInfoUrl = new Uri(scene.Front.Url, "oauth2/v2/userinfo");
                    configure(options, scene.Front.Url);
                }));
            await scene.StartAsync(connect: true);
            return scene;
        }

        /// <summary>Puts a mail into the mailbox as its sender wrote it (RFC 5322).</summary>
        public Task<JsonNode> DeliverAsync(string subject, string text, string? thread, string? file)
        {
            var attachment = file is null
                ? ""
                : "--b\r\nContent-Type: text/plain; name=\"knots.txt\"\r\n"
                    + $"Content-Disposition: attachment; filename=\"knots.txt\"\r\n\r\n{file}\r\n";
            var mail = $"From: Ben <ben@y.test>\r\nTo: {GoogleEmulator.Email}\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                + $"{text}\r\n{attachment}--b--\r\n";
            var message = new JsonObject
            {
                ["raw"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(mail)), ["labelIds"] = new JsonArray("INBOX"),
            };
            if (thread is not null)
            {
                message["threadId"] = thread;
            }

            return Front.CallAsync(HttpMethod.Post, "gmail/v1/users/me/messages", JsonContent.Create(message));
        }

        /// <summary>Makes a file or a folder. Returns its id.</summary>
        public async Task<string> PutAsync(string name, string type, string parent, string? content)
        {
            var file = JsonContent.Create(new JsonObject
            {
                ["name"] = name, ["mimeType"] = type, ["parents"] = new JsonArray(parent),
            });
            HttpContent body = file;
            if (content is not null)
            {
                var related = new MultipartContent("related", "b") { file };
                related.Headers.Remove("Content-Type");
                related.Headers.TryAddWithoutValidation("Content-Type", "multipart/related; boundary=b");
                related.Add(new StringContent(content, Encoding.UTF8, type));
                body = related;
            }

            var path = content is null ? "drive/v3/files" : "upload/drive/v3/files";
            return (string)(await Front.CallAsync(HttpMethod.Post, path, body))["id"]!;
        }

        protected override Task<TestHost> StartHostAsync(FakePlatform platform, string directory) =>
            _start(platform, directory);

        protected override async ValueTask DisposeSourceAsync()
        {
            await base.DisposeSourceAsync();
            await _process.DisposeAsync();
            _seed.Dispose();
        }
    }
}
