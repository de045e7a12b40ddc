using System.Net;
using AnyFetch.Client;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Dropbox;
using AnyFetch.Server.Tests.Manager;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Providers;

/// <summary>What a person does with Dropbox: connects it in the manager, searches, and repairs what breaks.</summary>
public sealed class DropboxConnectionTests : IAsyncLifetime
{
    private DropboxEmulator _dropbox = null!;
    private TestServer _server = null!;
    private Browser _browser = null!;

    public async Task InitializeAsync()
    {
        _dropbox = await DropboxEmulator.StartAsync();
        _server = await TestServer.StartAsync(
            ("Providers:Dropbox:AppKey", DropboxEmulator.AppKey),
            ("Providers:Dropbox:AppSecret", DropboxEmulator.AppSecret),
            ("Providers:Dropbox:AuthorizeUrl", new Uri(_dropbox.Url, "oauth2/authorize").AbsoluteUri),
            ("Providers:Dropbox:ApiUrl", _dropbox.Url.AbsoluteUri),
            ("Providers:Dropbox:ContentUrl", _dropbox.Url.AbsoluteUri));
        _browser = await Browser.SignedInAsync(_server);
        await Eventually.TrueAsync(async () =>
            (await _browser.GetAsync("/providers/dropbox/status")).StatusCode == HttpStatusCode.OK);
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
        await _dropbox.DisposeAsync();
    }

    [Fact]
    public async Task A_person_connects_searches_and_repairs()
    {
        _dropbox.Files.Put("/Garden/Roses.txt", "The roses want water.");
        var source = await ConnectAsync();
        await FindAsync("water", 1);

        // A move is followed without a download, a deletion by its disappearance.
        var downloads = _dropbox.Of("2/files/download").Count;
        _dropbox.Files.Move("/Garden", "/Balcony");
        _dropbox.Files.Put("/Tools/Spade.txt", "The spade is blunt.");
        await PressAsync(source, "update");
        await FindAsync("blunt", 1);
        var found = DocumentRef.ById(Assert.Single((await SearchAsync("roses")).Data).Id);
        await Eventually.TrueAsync(async () => (await _server.Admin.Documents.GetRawAsync(found, default)).Identifier!
            .EndsWith("/balcony/roses.txt", StringComparison.Ordinal));
        Assert.Equal(downloads + 1, _dropbox.Of("2/files/download").Count);
        _dropbox.Files.Delete("/Balcony");
        await PressAsync(source, "update");
        await FindAsync("roses", 0);

        // A source that breaks deletes nothing and says so.
        _dropbox.Intercept = call => call.Path.StartsWith("2/files/list", StringComparison.Ordinal) ? new Fault(400) : null;
        await PressAsync(source, "full");
        await ShowsAsync(source, "The source answered 400.");
        Assert.Equal(1, (await SearchAsync("spade")).Count);
        _dropbox.Intercept = _ => null;

        // A dead grant asks for a person, here and in the list of sources.
        _dropbox.Grants.RevokeAll();
        await PressAsync(source, "update");
        await ShowsAsync("/manager", "Reconnect it to go on");
        using var reconnect = await _browser.SubmitAsync(await _browser.OpenAsync(source), "form[action$='/reconnect']");
        var renewal = await Browser.LeaveAsync(reconnect);
        Assert.Contains("renewal_code=", renewal.Query, StringComparison.Ordinal);
        var end = await _browser.FollowAsync(renewal.AbsoluteUri);
        Assert.Equal("?state=success", end.Query);
        _dropbox.Files.Put("/Tools/Rake.txt", "The rake is long.");
        await PressAsync(source, "update");
        await FindAsync("rake", 1);
        Assert.DoesNotContain("has ended", await TextAsync(source), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_missing_documents_wait_for_a_persons_word()
    {
        for (var i = 0; i < 60; i++)
        {
            _dropbox.Files.Put($"/many/{i}.txt", $"document {i}");
        }

        var source = await ConnectAsync();
        await FindAsync("document", 60);
        for (var i = 0; i < 60; i++)
        {
            _dropbox.Files.Delete($"/many/{i}.txt");
        }

        _dropbox.ResetCursors();
        await PressAsync(source, "update");
        await ShowsAsync(source, "60 of 60 documents are missing");
        Assert.Equal(60, (await SearchAsync("document")).Count);
        await PressAsync(source, "prune");
        await FindAsync("document", 0);
        Assert.DoesNotContain("are missing", await TextAsync(source), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_without_its_keys_says_what_is_missing()
    {
        await using var server = await TestServer.StartAsync(("Providers:Dropbox:AppKey", "key"));
        using var browser = await Browser.SignedInAsync(server);
        var page = await browser.OpenAsync("/manager");
        Assert.Contains("Providers:Dropbox:AppSecret missing", page.Body!.TextContent, StringComparison.Ordinal);
        using var marketplace = await browser.GetAsync("/marketplace.json");
        Assert.DoesNotContain("Dropbox", await marketplace.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var icon = await browser.GetAsync("/providers/dropbox/icon.svg");
        Assert.Equal("image/svg+xml", icon.Content.Headers.ContentType!.MediaType);
        using var status = await browser.GetAsync("/providers/dropbox/status");
        Assert.Equal(HttpStatusCode.NotFound, status.StatusCode);
    }

    private async Task<string> ConnectAsync()
    {
        var page = await _browser.OpenAsync("/manager");
        var tile = page.QuerySelectorAll(".tiles li").Single(
            candidate => candidate.TextContent.Contains("Dropbox", StringComparison.Ordinal));
        var end = await _browser.FollowAsync(tile.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal("/connect?state=success", end.PathAndQuery);
        var sources = await _browser.OpenAsync("/manager");
        Assert.Contains(DropboxEmulator.Email, sources.Body!.TextContent, StringComparison.Ordinal);
        return sources.QuerySelector(".rows a[href^='/manager/sources/']")!.GetAttribute("href")!;
    }

    // A run that is still at work answers 204: the button is pressed until the page shows a run of its own.
    private async Task PressAsync(string source, string action)
    {
        await Eventually.TrueAsync(async () => !(await TextAsync(source)).Contains("at work", StringComparison.Ordinal)
            && !(await TextAsync(source)).Contains("waiting for its turn", StringComparison.Ordinal));
        using var answer = await _browser.SubmitAsync(await _browser.OpenAsync(source), $"form[action$='/do/{action}']");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private Task ShowsAsync(string path, string text) =>
        Eventually.TrueAsync(async () => (await TextAsync(path)).Contains(text, StringComparison.Ordinal), what: text);

    private async Task<string> TextAsync(string path) => (await _browser.OpenAsync(path)).Body!.TextContent;

    private Task<SearchPage> SearchAsync(string words) =>
        _server.Admin.Documents.SearchAsync(new DocumentSearch { Search = words }, default);

    private Task FindAsync(string words, int count) =>
        Eventually.TrueAsync(async () => (await SearchAsync(words)).Count == count, what: $"{count} hits for {words}");
}
