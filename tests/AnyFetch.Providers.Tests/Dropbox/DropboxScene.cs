using System.Text;
using System.Web;
using AnyFetch.Emulators.Dropbox;
using AnyFetch.Provider;
using AnyFetch.Providers.Dropbox;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Tests.Dropbox;

/// <summary>An emulated Dropbox, a platform, and the provider between them, connected as a person would connect it.</summary>
public sealed class DropboxScene : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private Action<AnyFetchProviderOptions>? _configure;
    private Action<DropboxProviderOptions>? _source;
    private TimeProvider? _time;

    public required DropboxEmulator Source { get; init; }

    public required FakePlatform Platform { get; init; }

    public TestHost Host { get; private set; } = null!;

    /// <summary>The AnyFetch token that the connection gave.</summary>
    public string Token { get; private set; } = "";

    public static string Root => "https://dropbox.com/" + DropboxEmulator.AccountId;

    public static async Task<DropboxScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, Action<DropboxProviderOptions>? source = null,
        TimeProvider? time = null, bool connect = true)
    {
        var scene = new DropboxScene
        {
            Source = await DropboxEmulator.StartAsync(time),
            Platform = await FakePlatform.StartAsync(time),
            _configure = configure,
            _source = source,
            _time = time,
        };
        await scene.StartHostAsync();
        if (connect)
        {
            Assert.EndsWith("state=success", (await scene.ConnectAsync()).Query, StringComparison.Ordinal);
        }

        return scene;
    }

    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        await StartHostAsync();
    }

    /// <summary>Walks the browser's way: connect, consent at Dropbox, callback. Returns where it ends.</summary>
    public async Task<Uri> ConnectAsync(string query = "code=c1")
    {
        using var start = await Host.GetAsync("init/connect?" + query);
        var cookie = start.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.Equal(Source.Url.Authority, start.Headers.Location!.Authority);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var consent = await browser.GetAsync(start.Headers.Location);
        using var request = new HttpRequestMessage(HttpMethod.Get, consent.Headers.Location);
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var back = await browser.SendAsync(request);
        if (Platform.Of("POST /access_token/account_name") is [.., var naming])
        {
            Token = (string)naming.Json!["access_token"]!;
        }

        return back.Headers.Location!;
    }

    /// <summary>Runs once and forgets the calls that were made before.</summary>
    public async Task RunAsync(params (string Name, string Value)[] more)
    {
        Source.Calls.Clear();
        Platform.Calls.Clear();
        await Host.RunAsync(Token, more);
    }

    /// <summary>What the platform holds: the path below the account, and the content.</summary>
    public Dictionary<string, string> Stored() => Platform.Documents.Keys.ToDictionary(
        key => key.Identifier[Root.Length..],
        key => Platform.Files.TryGetValue(key, out var file) ? Encoding.UTF8.GetString(file) : "");

    /// <summary>What the source holds, as the platform should hold it.</summary>
    public Dictionary<string, string> Expected() => Source.Files.Snapshot().ToDictionary(
        file => (string)file["path_lower"]!,
        file => Encoding.UTF8.GetString(Source.Files.Find((string)file["id"]!)!.Content));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Platform.DisposeAsync();
        await Source.DisposeAsync();
        _directory.Dispose();
    }

    private async Task StartHostAsync() => Host = await TestHost.StartAsync<DropboxProvider>(
        Platform,
        _directory.Path,
        services => services.Configure<DropboxProviderOptions>(options =>
        {
            options.AppKey = DropboxEmulator.AppKey;
            options.AppSecret = DropboxEmulator.AppSecret;
            options.AuthorizeUrl = new Uri(Source.Url, "oauth2/authorize");
            options.ApiUrl = Source.Url;
            options.ContentUrl = Source.Url;
            _source?.Invoke(options);
        }),
        options =>
        {
            options.Concurrency = 4;
            _configure?.Invoke(options);
        },
        _time);
}
