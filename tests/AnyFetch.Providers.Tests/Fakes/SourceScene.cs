using System.Net;
using System.Text;
using AnyFetch.Emulators;

namespace AnyFetch.Providers.Tests.Fakes;

/// <summary>An emulated source, a platform, and the provider between them, connected as a person would connect it.</summary>
public abstract class SourceScene : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();

    /// <summary>The source, whatever it is.</summary>
    public abstract SourceEmulator Emulator { get; }

    public FakePlatform Platform { get; private set; } = null!;

    public TestHost Host { get; private set; } = null!;

    /// <summary>The AnyFetch token that the connection gave.</summary>
    public string Token { get; private set; } = "";

    protected TimeProvider? Time { get; init; }

    public async Task RestartAsync(Action? between = null)
    {
        await Host.DisposeAsync();
        between?.Invoke();
        Host = await StartHostAsync(Platform, _directory.Path);
    }

    /// <summary>Walks the browser's way: connect, consent at the source, callback. Returns where it ends.</summary>
    public async Task<Uri> ConnectAsync(string query = "code=c1")
    {
        using var start = await Host.GetAsync("init/connect?" + query);
        var cookie = start.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.Equal(Emulator.Url.Authority, start.Headers.Location!.Authority);
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
        Emulator.Calls.Clear();
        Platform.Calls.Clear();
        await Host.RunAsync(Token, more);
    }

    /// <summary>Sends the provider a notice, as the source would.</summary>
    public async Task<HttpStatusCode> NoticeAsync(byte[] body, params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhook") { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var reply = await Host.Http.SendAsync(request);
        return reply.StatusCode;
    }

    /// <summary>All that the platform was told of documents, for a search of secrets.</summary>
    public string Told() =>
        string.Concat(Platform.Documents.Values.Select(document => document.ToJsonString()))
        + string.Concat(Platform.Documents.Keys.Select(key => key.Identifier));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Platform.DisposeAsync();
        await DisposeSourceAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The content of a document as text; empty when it has none.</summary>
    protected string ContentOf((string Token, string Identifier) document) =>
        Platform.Files.TryGetValue(document, out var file) ? Encoding.UTF8.GetString(file) : "";

    /// <summary>Ends the source.</summary>
    protected virtual ValueTask DisposeSourceAsync() => Emulator.DisposeAsync();

    /// <summary>Starts the provider over the platform.</summary>
    protected abstract Task<TestHost> StartHostAsync(FakePlatform platform, string directory);

    /// <summary>Starts what a scene needs; a connected one can run.</summary>
    protected async Task StartAsync(bool connect)
    {
        Platform = await FakePlatform.StartAsync(Time);
        Host = await StartHostAsync(Platform, _directory.Path);
        if (connect)
        {
            Assert.EndsWith("state=success", (await ConnectAsync()).Query, StringComparison.Ordinal);
        }
    }
}
