using System.Text.Json.Nodes;
using AnyFetch.Certification;
using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Library;

/// <summary>Items that need nothing but the core go to it many at once, and item by item where that fails.</summary>
public sealed class PageTests
{
    private static SyncItem.Upsert Note(string identifier, string version = "1") => new(identifier)
    {
        Version = version,
        IsComplete = true,
        Document = new DocumentDraft { Metadata = new JsonObject { ["title"] = identifier } },
    };

    private static async Task<Scene> StartAsync(int notes, Action<FakePlatform>? arrange = null)
    {
        // Sending waits for the listing, so that no item is alone when it is taken.
        var scene = await Scene.StartAsync(options => options.SendAfterListing = true);
        scene.Platform.HasDoor = true;
        arrange?.Invoke(scene.Platform);
        scene.Script.Fetch = (_, _, _) => throw new InvalidOperationException("The fetcher was asked.");
        scene.Script.Yields([.. Enumerable.Range(0, notes).Select(n => Note($"n{n:D4}")), new SyncItem.Checkpoint("c")]);
        await scene.Host.RunAsync("T");
        return scene;
    }

    private static int Lines(Scene scene) => scene.Platform.Pages.Sum(page => page.Count);

    [Fact]
    public async Task Complete_items_and_deletions_travel_in_pages_and_no_fetcher_is_asked()
    {
        await using var scene = await StartAsync(300);
        Assert.Equal((300, 300), (scene.Platform.Documents.Count, Lines(scene)));
        Assert.Equal(3, scene.Platform.Pages.Count);
        Assert.Empty(scene.Platform.SentIdentifiers());
        Assert.All(scene.Platform.Pages.SelectMany(page => page), line =>
            Assert.Equal("T", (string?)Assert.Single(line["document"]!["user_access"]!.AsArray())));
        Assert.Equal(300, (await scene.Host.LastRunAsync("T")).Sent);

        scene.Platform.Pages.Clear();
        scene.Script.Yields([.. Enumerable.Range(0, 200).Select(n => new SyncItem.Delete($"n{n:D4}")), Note("n0200", "2")]);
        await scene.Host.RunAsync("T");
        Assert.Equal((100, 201), (scene.Platform.Documents.Count, Lines(scene)));
        var run = await scene.Host.LastRunAsync("T");
        Assert.Equal((200, 1, "succeeded"), (run.Deleted, run.Sent, run.Outcome));

        scene.Platform.Pages.Clear();
        await scene.Host.RunAsync("T");
        Assert.Empty(scene.Platform.Pages);
    }

    [Fact]
    public async Task A_core_without_pages_gets_item_by_item()
    {
        await using var scene = await StartAsync(20, platform => platform.HasDoor = false);
        Assert.Equal(20, scene.Platform.SentIdentifiers().Count);
        Assert.Single(scene.Platform.Of("POST /batch"));
        Assert.Equal(("succeeded", 20), ((await scene.Host.LastRunAsync("T")).Outcome, (int)(await scene.Host.LastRunAsync("T")).Sent));
    }

    [Fact]
    public async Task One_bad_document_never_fails_the_others_of_its_page()
    {
        await using var scene = await StartAsync(50, platform =>
        {
            platform.RefusesLine = line => (string?)line["document"]?["identifier"] == "n0007";
            platform.Intercept = call =>
                call.Key == "POST /documents" && (string?)call.Json!["identifier"] == "n0007" ? new ForcedReply(409) : null;
        });
        Assert.Equal(49, scene.Platform.Documents.Count);
        Assert.Equal("n0007", Assert.Single(await scene.Host.ErrorsAsync("T")).Identifier);
        var run = await scene.Host.LastRunAsync("T");
        Assert.Equal((49, 1, "succeeded"), ((int)run.Sent, (int)run.Failed, run.Outcome));
    }

    [Fact]
    public async Task A_complete_item_that_failed_is_tried_again_without_the_fetcher()
    {
        await using var scene = await StartAsync(1, platform => platform.Intercept = call =>
            call.Key == "POST /documents" ? new ForcedReply(409) : null);
        Assert.Single(await scene.Host.ErrorsAsync("T"));
        scene.Platform.Intercept = _ => null;
        scene.Script.Yields();
        using var reply = await scene.Host.PostAsync("errors/retry", ("access_token", "T"));
        await Eventually.TrueAsync(() => !scene.Platform.Documents.IsEmpty, what: "it arrives");
        await scene.Host.IdleAsync("T");
        Assert.Empty(await scene.Host.ErrorsAsync("T"));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_busy_core_is_asked_again_later_and_no_item_loses_an_attempt(int status)
    {
        var left = 3;
        await using var scene = await StartAsync(60, platform => platform.Intercept = call =>
            call.Key == "POST /batch" && Interlocked.Decrement(ref left) >= 0 ? new ForcedReply(status, "0") : null);
        Assert.Equal(60, scene.Platform.Documents.Count);
        Assert.Empty(scene.Platform.SentIdentifiers());
        Assert.Empty(await scene.Host.ErrorsAsync("T"));
        Assert.Equal(60, (await scene.Host.LastRunAsync("T")).Sent);
    }

    [Fact]
    public async Task A_core_that_takes_the_token_no_more_ends_the_run_and_keeps_the_queue()
    {
        await using var scene = await StartAsync(60, platform =>
            platform.Intercept = call => call.Key == "POST /batch" ? new ForcedReply(401) : null);
        Assert.Equal(("failed", 0L), ((await scene.Host.LastRunAsync("T")).Outcome, (await scene.Host.LastRunAsync("T")).Sent));
        scene.Platform.Intercept = _ => null;
        await scene.Host.RunAsync("T");
        Assert.Equal(60, scene.Platform.Documents.Count);
    }

    [Fact]
    public async Task The_cap_holds_for_pages_too()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.HasDoor = true;
        scene.Script.Yields([.. Enumerable.Range(0, 40).Select(n => Note($"n{n}"))]);
        await scene.Host.RunAsync("T", ("documents_per_update", "15"));
        Assert.Equal(15, scene.Platform.Documents.Count);
        await scene.Host.RunAsync("T", ("documents_per_update", "100"));
        Assert.Equal(40, scene.Platform.Documents.Count);
    }

    [Fact]
    public async Task Readers_are_found_for_items_in_pages()
    {
        await using var scene = await Scene.StartAsync(options => options.SendAfterListing = true);
        scene.Platform.HasDoor = true;
        scene.Platform.Readers["bob@corp.test"] = "id-of-bob";
        var access = new ItemAccess { Emails = ["bob@corp.test"] };
        scene.Script.Yields(Note("a") with { Access = access }, Note("b") with { Access = access }, Note("c") with { Access = ItemAccess.Unknown });
        await scene.Host.RunAsync("T");
        Assert.Equal(3, Lines(scene));
        var readers = scene.Platform.Documents.ToDictionary(pair => pair.Key.Identifier, pair => pair.Value["user_access"]!.ToJsonString());
        Assert.Equal(("""["T","id-of-bob"]""", """["T","id-of-bob"]""", """["T"]"""), (readers["a"], readers["b"], readers["c"]));
        Assert.Equal("AccessUnknown", Assert.Single(await scene.Host.ErrorsAsync("T")).Code);
    }
}
