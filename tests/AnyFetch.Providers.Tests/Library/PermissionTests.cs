using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Library;

public sealed class PermissionTests
{
    private static async Task<Scene> StartAsync(Func<SyncItem.Upsert, FetchResult.Send> fetch)
    {
        var scene = await Scene.StartAsync();
        scene.Script.Yields(new SyncItem.Upsert("a") { Version = "1" }, new SyncItem.Upsert("b") { Version = "1" }, new SyncItem.Checkpoint("c1"));
        scene.Script.Fetch = (item, _, _) => Task.FromResult<FetchResult>(fetch(item));
        await scene.Host.RunAsync("T");
        scene.Platform.Calls.Clear();
        return scene;
    }

    private static JsonArray Readers(Scene scene, string identifier) =>
        scene.Platform.Documents[("T", identifier)]["user_access"]!.AsArray();

    [Fact]
    public async Task A_run_for_permissions_sends_readers_alone_and_touches_nothing_else()
    {
        var readers = new List<string> { "u1" };
        await using var scene = await StartAsync(item => new FetchResult.Send(
            new DocumentDraft { Metadata = new JsonObject { ["title"] = item.Identifier }, UserAccess = [.. readers] }, null));
        var before = await scene.Host.AccountAsync("T");
        readers.Add("u2");
        scene.Script.Sync = (context, _) =>
        {
            Assert.Equal((SyncMode.Permissions, null), (context.Mode, context.Cursor));
            return new SyncItem[]
            {
                new SyncItem.Upsert("a") { Version = "2" }, new SyncItem.Upsert("new"), new SyncItem.Delete("b"),
                new SyncItem.ListingComplete { WithoutCursor = true }, new SyncItem.Checkpoint("c2"),
            }.ToAsyncEnumerable();
        };
        await scene.Host.RunAsync("T", ("permissions", "1"));

        var call = Assert.Single(scene.Platform.Calls, call => call.Path.StartsWith("/documents", StringComparison.Ordinal));
        Assert.Equal("PATCH", call.Method);
        Assert.Equal(["user_access"], call.Json!.AsObject().Select(member => member.Key));
        Assert.Equal(2, Readers(scene, "a").Count);
        var after = await scene.Host.AccountAsync("T");
        Assert.Equal((before.Cursor, before.Listing, before.ListingState), (after.Cursor, after.Listing, after.ListingState));
        Assert.Equal("permissions", (await scene.Host.LastRunAsync("T")).Mode);

        // The change that the listing saw is still to be sent: only its readers were.
        scene.Script.Yields(new SyncItem.Upsert("a") { Version = "2" });
        await scene.Host.RunAsync("T");
        Assert.Equal(["a"], scene.Platform.SentIdentifiers());
    }

    [Fact]
    public async Task Unknown_permissions_leave_the_connecting_user_alone_and_are_reported()
    {
        await using var scene = await StartAsync(_ => new FetchResult.Send(
            new DocumentDraft { UserAccess = ["u1", "u2"], OpenToCompany = true }, null) { IsAccessUnknown = true });
        Assert.Equal("T", (string?)Assert.Single(Readers(scene, "a")));
        Assert.All(await scene.Host.ErrorsAsync("T"), error => Assert.Equal("AccessUnknown", error.Code));
        Assert.Equal(2, (await scene.Host.ErrorsAsync("T")).Count);
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync("T")).Outcome);
    }
}
