using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Library;

public sealed class MoveTests
{
    private static SyncItem.Upsert File(string path, string id, string content = "c1", string version = "") =>
        new(path) { SourceId = id, ContentVersion = content, Version = $"{path}:{content}:{version}" };

    private static DocumentFile Content(string text) => new()
    {
        Name = "f",
        Length = Encoding.UTF8.GetByteCount(text),
        Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text))),
    };

    private static async Task<Scene> StartAsync(Action<AnyFetchProviderOptions>? configure = null)
    {
        var scene = await Scene.StartAsync(configure);
        scene.Script.Fetch = (item, _, _) => Task.FromResult<FetchResult>(new FetchResult.Send(
            new DocumentDraft { Metadata = new JsonObject { ["path"] = item.Identifier } },
            Content($"{item.SourceId} {item.ContentVersion}")));
        return scene;
    }

    private static async Task ListAsync(Scene scene, params SyncItem[] items)
    {
        scene.Script.Yields([.. items, new SyncItem.Checkpoint("1")]);
        scene.Platform.Calls.Clear();
        await scene.Host.RunAsync("T");
    }

    private static IReadOnlyList<string> Uploads(Scene scene) =>
        [.. scene.Platform.Calls.Where(call => call.Path.EndsWith("/file", StringComparison.Ordinal)).Select(call => call.Path)];

    private static Dictionary<string, string> Stored(Scene scene) => scene.Platform.Documents.Keys.ToDictionary(
        key => key.Identifier,
        key => scene.Platform.Files.TryGetValue(key, out var file) ? Encoding.UTF8.GetString(file) : "");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_moved_item_is_moved_at_the_core_and_not_sent_again(bool deletedFirst)
    {
        await using var scene = await StartAsync(options => options.ListingBatchItems = 1);
        await ListAsync(scene, File("/a", "1"));
        SyncItem[] change = [new SyncItem.Delete("/a"), File("/b", "1")];
        await ListAsync(scene, deletedFirst ? change : [.. change.Reverse()]);
        Assert.Empty(Uploads(scene));
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Method is "DELETE");
        Assert.Equal(new() { ["/b"] = "1 c1" }, Stored(scene));
        Assert.Equal("/b", (string?)scene.Platform.Documents[("T", "/b")]["metadata"]!["path"]);
        Assert.Equal(1, (await scene.Host.LastRunAsync("T")).Moved);

        await ListAsync(scene, new SyncItem.Delete("/b"));
        Assert.Empty(Stored(scene));
    }

    [Fact]
    public async Task A_moved_folder_moves_its_items_and_leaves_what_was_deleted_in_it()
    {
        await using var scene = await StartAsync();
        await ListAsync(scene, File("/old/a", "1"), File("/old/b", "2"), File("/old/c", "3"));
        await ListAsync(scene, new SyncItem.DeletePrefix("/old/"), File("/new/a", "1"), File("/new/b", "2"));
        Assert.Empty(Uploads(scene));
        Assert.Equal(new() { ["/new/a"] = "1 c1", ["/new/b"] = "2 c1" }, Stored(scene));
    }

    [Fact]
    public async Task Two_items_that_change_places_end_in_their_places()
    {
        await using var scene = await StartAsync();
        await ListAsync(scene, File("/a", "1"), File("/b", "2"));
        await ListAsync(scene, File("/a", "2"), File("/b", "1"));
        Assert.Equal(new() { ["/a"] = "2 c1", ["/b"] = "1 c1" }, Stored(scene));
    }

    [Fact]
    public async Task A_new_item_at_the_place_of_a_moved_one_waits_for_the_move()
    {
        await using var scene = await StartAsync(options => options.Concurrency = 4);
        await ListAsync(scene, File("/a", "1"));
        await ListAsync(scene, File("/a", "9", "c9"), File("/b", "1"), new SyncItem.Delete("/none"));
        Assert.Equal(new() { ["/a"] = "9 c9", ["/b"] = "1 c1" }, Stored(scene));
        await ListAsync(scene, File("/c", "1"), File("/b", "9", "c9"), new SyncItem.Delete("/a"));
        Assert.Equal(new() { ["/c"] = "1 c1", ["/b"] = "9 c9" }, Stored(scene));
    }

    [Fact]
    public async Task An_item_that_moved_and_changed_is_sent_whole()
    {
        await using var scene = await StartAsync();
        await ListAsync(scene, File("/a", "1"));
        await ListAsync(scene, new SyncItem.Delete("/a"), File("/b", "1", "c2"));
        Assert.Equal(new() { ["/b"] = "1 c2" }, Stored(scene));
    }

    [Fact]
    public async Task A_document_that_is_missing_at_the_core_is_sent_whole_instead_of_moved()
    {
        await using var scene = await StartAsync();
        await ListAsync(scene, File("/a", "1"));
        scene.Platform.Documents.Clear();
        await ListAsync(scene, new SyncItem.Delete("/a"), File("/b", "1"));
        Assert.Single(Uploads(scene));
        Assert.Equal(new() { ["/b"] = "1 c1" }, Stored(scene));
    }

    [Fact]
    public async Task A_change_that_leaves_the_content_alone_sends_no_file()
    {
        await using var scene = await StartAsync();
        await ListAsync(scene, File("/a", "1"));
        await ListAsync(scene, File("/a", "1", version: "starred"));
        Assert.Equal("PATCH", Assert.Single(scene.Platform.Calls, call => call.Path.Contains("document")).Method);
        await ListAsync(scene, File("/a", "1", "c2"));
        Assert.Single(Uploads(scene));
    }

    [Fact]
    public async Task After_a_reset_everything_is_sent_whole()
    {
        await using var scene = await StartAsync();
        await ListAsync(scene, File("/a", "1"));
        await scene.Host.DeleteAsync("token/reset?access_token=T");
        await ListAsync(scene, File("/a", "1"));
        Assert.Single(Uploads(scene));
    }

    [Fact]
    public async Task A_move_waits_as_deletions_do_until_a_checkpoint_covers_it()
    {
        await using var scene = await StartAsync(options => options.ListingBatchItems = 1);
        await ListAsync(scene, File("/a", "1"));
        var passes = new TaskCompletionSource();
        scene.Script.Sync = (_, _) => MovedAsync(passes.Task);
        await scene.Host.UpdateAsync("T");
        await Eventually.TrueAsync(() => Stored(scene).ContainsKey("/z"), what: "what is no move is sent");
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Method is "PATCH");

        passes.SetResult();
        await scene.Host.IdleAsync("T");
        Assert.Equal(new() { ["/b"] = "1 c1", ["/z"] = "5 c1" }, Stored(scene));
        Assert.Equal(1, (await scene.Host.LastRunAsync("T")).Moved);
    }

    [Fact]
    public async Task A_listing_that_waits_for_its_moves_does_not_wait_for_ever()
    {
        await using var scene = await StartAsync(options => options.ListingBatchItems = 1);
        await ListAsync(scene, [.. Enumerable.Range(0, 9).Select(n => File($"/old/{n}", $"{n}"))]);
        scene.Script.Yields(
            [.. Enumerable.Range(0, 9).Select(n => File($"/new/{n}", $"{n}")), new SyncItem.DeletePrefix("/old/"), new SyncItem.Checkpoint("2")]);
        for (var run = 0; run < 9 && Stored(scene).Keys.Any(path => path.StartsWith("/old/", StringComparison.Ordinal)); run++)
        {
            await scene.Host.RunAsync("T", ("documents_per_update", "2"));
        }

        Assert.Equal(Enumerable.Range(0, 9).Select(n => $"/new/{n}"), Stored(scene).Keys.Order());
        Assert.Equal(9, Uploads(scene).Count);
    }

    [Fact]
    public async Task An_item_that_comes_back_is_sent_when_the_answer_to_its_move_was_lost()
    {
        await using var scene = await StartAsync(options => options.ListingBatchItems = 1);
        await ListAsync(scene, File("/a", "1"));
        var moved = new TaskCompletionSource();
        scene.Platform.Answers = async call =>
        {
            if (call.Method == "PATCH")
            {
                moved.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Aborted);
            }
        };
        scene.Script.Sync = (_, _) => BrokenAsync();
        await scene.Host.UpdateAsync("T");
        await moved.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var crash = CrashedCopy.Of(scene.Host);
        await scene.Host.DisposeAsync();
        crash.PutBack();
        scene.Platform.Answers = _ => Task.CompletedTask;
        scene.Script.Yields(new SyncItem.Delete("/b"), File("/a", "1"), new SyncItem.Checkpoint("2"));
        await scene.StartHostAsync();
        await scene.Host.IdleAsync("T");
        Assert.Equal(new() { ["/a"] = "1 c1" }, Stored(scene));

        // The listing breaks before it comes to what is gone: the move is sent, and no deletion tells of its old place.
        static async IAsyncEnumerable<SyncItem> BrokenAsync()
        {
            yield return File("/b", "1");
            await Task.CompletedTask;
            throw new InvalidOperationException("The source broke.");
        }
    }

    private static async IAsyncEnumerable<SyncItem> MovedAsync(Task passes)
    {
        yield return File("/b", "1");
        yield return File("/z", "5");
        await passes;
        yield return new SyncItem.Delete("/a");
        yield return new SyncItem.Checkpoint("2");
    }
}
