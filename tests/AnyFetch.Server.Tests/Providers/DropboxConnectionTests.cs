using System.Net;
using AnyFetch.Client;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Dropbox;
using AnyFetch.Server.Tests.Manager;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Providers;

/// <summary>What a person does with Dropbox: connects it in the manager, searches, and repairs what breaks.</summary>
public sealed class DropboxConnectionTests() : ConnectionTest("dropbox", "Dropbox")
{
    private DropboxEmulator _dropbox = null!;

    protected override string AccountName => DropboxEmulator.Email;

    protected override IEnumerable<(string Key, string Value)> Settings =>
    [
        ("AppKey", DropboxEmulator.AppKey),
        ("AppSecret", DropboxEmulator.AppSecret),
        ("AuthorizeUrl", new Uri(_dropbox.Url, "oauth2/authorize").AbsoluteUri),
        ("ApiUrl", _dropbox.Url.AbsoluteUri),
        ("ContentUrl", _dropbox.Url.AbsoluteUri),
    ];

    protected override async Task<SourceEmulator> StartSourceAsync() => _dropbox = await DropboxEmulator.StartAsync();

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
        await Eventually.TrueAsync(async () => (await Server.Admin.Documents.GetRawAsync(found, default)).Identifier!
            .EndsWith("/balcony/roses.txt", StringComparison.Ordinal));
        await RestsAsync(source);
        Assert.Equal(downloads + 1, _dropbox.Of("2/files/download").Count);
        _dropbox.Files.Delete("/Balcony");
        await PressAsync(source, "update");
        await FindAsync("roses", 0);

        // A source that breaks deletes nothing and says so.
        _dropbox.Intercept = call => call.Path.StartsWith("2/files/list", StringComparison.Ordinal) ? new Fault(400) : null;
        await PressAsync(source, "full");
        await ShowsAsync(source, "The source answered 400.");
        await RestsAsync(source);
        Assert.Equal(1, (await SearchAsync("spade")).Count);
        _dropbox.Intercept = _ => null;

        // A dead grant asks for a person, here and in the list of sources.
        _dropbox.Grants.RevokeAll();
        await PressAsync(source, "update");
        await ShowsAsync("/manager", "Reconnect it to go on");
        using var reconnect = await Person.SubmitAsync(await Person.OpenAsync(source), "form[action$='/reconnect']");
        var renewal = await Browser.LeaveAsync(reconnect);
        Assert.Contains("renewal_code=", renewal.Query, StringComparison.Ordinal);
        var end = await Person.FollowAsync(renewal.AbsoluteUri);
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
        await RestsAsync(source);
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
}
