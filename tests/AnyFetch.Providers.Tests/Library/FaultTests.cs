using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Library;

public sealed class FaultTests
{
    private static SyncItem.Upsert Item(string identifier, string? version = "1") => new(identifier) { Version = version };

    private static SyncItem.Upsert[] Items(int count) => [.. Enumerable.Range(0, count).Select(i => Item($"i{i}"))];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(33)]
    [InlineData(59)]
    public async Task Check_20_A_run_that_is_killed_resumes_from_its_checkpoint_and_misses_nothing(int killedAfter)
    {
        await using var scene = await Scene.StartAsync(options => options.ListingBatchItems = 4);
        var cursors = new List<string?>();
        scene.Script.Sync = PagesAsync;
        var reached = new TaskCompletionSource();
        scene.Platform.Delay = async call =>
        {
            if (call.Key == "POST /documents" && scene.Platform.Of("POST /documents").Count > killedAfter)
            {
                reached.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
            }
        };
        await scene.Host.UpdateAsync("T");
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));

        // Nothing is flushed or handed back: the store is left as a kill would leave it.
        var crash = CrashedCopy.Of(scene.Host);
        await scene.Host.DisposeAsync();
        crash.PutBack();
        scene.Platform.Delay = _ => Task.CompletedTask;
        await scene.StartHostAsync();
        await scene.Host.IdleAsync("T");

        Assert.Equal(60, scene.Platform.Documents.Count);
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync("T")).Outcome);
        Assert.Equal("6", (await scene.Host.AccountAsync("T")).Cursor);

        async IAsyncEnumerable<SyncItem> PagesAsync(SyncContext context, [EnumeratorCancellation] CancellationToken stop)
        {
            cursors.Add(context.Cursor);
            for (var page = context.Cursor is null ? 0 : int.Parse(context.Cursor, null); page < 6; page++)
            {
                foreach (var item in Items(10))
                {
                    yield return Item($"{page}-{item.Identifier}");
                }

                yield return new SyncItem.Checkpoint($"{page + 1}");
            }

            yield return new SyncItem.ListingComplete();
            await Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Check_21_Retry_after_pauses_the_account_and_not_the_others()
    {
        var time = new ManualTimeProvider();
        await using var scene = await Scene.StartAsync(time: time);
        await scene.Host.AddAccountAsync("U");
        var calls = 0;
        scene.Script.Yields(Items(3));
        scene.Script.Fetch = (item, context, _) =>
        {
            if (context.Account.Id == 1 && Interlocked.Increment(ref calls) == 1)
            {
                throw new SourceException(HttpStatusCode.TooManyRequests, "slow down", TimeSpan.FromSeconds(7));
            }

            return Task.FromResult<FetchResult>(new FetchResult.Send(new DocumentDraft(), null));
        };
        await scene.Host.UpdateAsync("T");
        await Eventually.TrueAsync(async () => (await scene.Host.AccountAsync("T")).PausedUntil is not null);
        await scene.Host.RunAsync("U");
        Assert.Equal(3, scene.Platform.SentIdentifiers("U").Count);

        await Eventually.TrueAsync(() => time.IsAwaited(TimeSpan.FromSeconds(7)), what: "the run waits");
        time.Advance(TimeSpan.FromSeconds(6.9));
        await scene.Host.RunAsync("U", ("force", "1"));
        Assert.Equal(1, Volatile.Read(ref calls));
        Assert.Empty(scene.Platform.SentIdentifiers("T"));

        var account = await scene.Host.AccountAsync("T");
        await time.PassUntilAsync(
            TimeSpan.FromMilliseconds(100), () => scene.Host.Runtime.Scheduler.Find(account.Id) is null, "the run ends");
        Assert.Equal(3, scene.Platform.SentIdentifiers("T").Count);
    }

    [Fact]
    public async Task A_pause_that_the_source_asked_for_outlives_a_restart()
    {
        var time = new ManualTimeProvider();
        await using var scene = await Scene.StartAsync(time: time);
        var calls = 0;
        scene.Script.Yields(Items(1));
        scene.Script.Fetch = (_, _, _) => Interlocked.Increment(ref calls) == 1
            ? throw new SourceException(HttpStatusCode.ServiceUnavailable, "later", TimeSpan.FromHours(1))
            : Task.FromResult<FetchResult>(new FetchResult.Send(new DocumentDraft(), null));
        await scene.Host.UpdateAsync("T");
        await Eventually.TrueAsync(async () => (await scene.Host.AccountAsync("T")).PausedUntil is not null);
        await scene.RestartAsync();
        await time.PassAsync(TimeSpan.FromHours(1), "the run waits again");
        await time.PassUntilAsync(TimeSpan.FromSeconds(1), () => scene.Platform.Documents.Count == 1, "it is sent");
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Check_22_An_expired_cursor_leads_to_a_full_run_that_prunes_exactly_what_vanished()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields([.. Items(10), new SyncItem.ListingComplete(), new SyncItem.Checkpoint("old")]);
        await scene.Host.RunAsync("T");
        scene.Script.Sync = (context, _) => context.Cursor is null
            ? new SyncItem[] { Item("i0"), Item("i1"), Item("i2"), Item("i3"), Item("i4"), Item("i5"), Item("i6"), new SyncItem.ListingComplete(), new SyncItem.Checkpoint("new") }.ToAsyncEnumerable()
            : throw new CursorExpiredException();
        await scene.Host.RunAsync("T");
        Assert.Equal(
            ["i7", "i8", "i9"],
            scene.Platform.Calls.Where(call => call.Method == "DELETE").Select(call => call.Path[^2..]).Order());
        Assert.Equal(10, scene.Platform.SentIdentifiers().Count);
        Assert.Equal("new", (await scene.Host.AccountAsync("T")).Cursor);
    }

    [Fact]
    public async Task Check_22_Pruning_most_of_a_ledger_stops_reports_and_needs_force()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields([.. Items(200), new SyncItem.ListingComplete { WithoutCursor = true }, new SyncItem.Checkpoint("c1")]);
        await scene.Host.RunAsync("T");
        scene.Script.Yields([.. Items(139), new SyncItem.ListingComplete { WithoutCursor = true }, new SyncItem.Checkpoint("c2")]);
        await scene.Host.RunAsync("T");
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Method == "DELETE");
        Assert.Equal(61, (await scene.Host.LastRunAsync("T")).PruneBlocked);
        Assert.Equal("PruneBlocked", Assert.Single(await scene.Host.ErrorsAsync("T")).Code);

        await scene.Host.RunAsync("T", ("force", "1"));
        Assert.Equal(61, scene.Platform.Calls.Count(call => call.Method == "DELETE"));
        Assert.Equal(139, scene.Platform.Documents.Count);
    }

    [Fact]
    public async Task A_question_that_was_answered_is_not_asked_while_the_source_is_listed_and_the_deletions_arrive()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields([.. Items(60), new SyncItem.ListingComplete { WithoutCursor = true }, new SyncItem.Checkpoint("c1")]);
        await scene.Host.RunAsync("T");
        scene.Script.Yields(new SyncItem.ListingComplete { WithoutCursor = true }, new SyncItem.Checkpoint("c2"));
        await scene.Host.RunAsync("T");
        Assert.Equal("60 of 60", await QuestionAsync());

        var arrives = new TaskCompletionSource();
        var goesOn = new TaskCompletionSource();
        scene.Platform.Delay = call =>
        {
            if (call.Method != "DELETE")
            {
                return Task.CompletedTask;
            }

            arrives.TrySetResult();
            return goesOn.Task;
        };
        var listsOn = new TaskCompletionSource();
        scene.Script.Sync = (_, _) => ListAsync(listsOn.Task);
        await scene.Host.UpdateAsync("T", ("force", "1"));
        Assert.Equal("none", await QuestionAsync());
        listsOn.SetResult();
        await arrives.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("none", await QuestionAsync());
        goesOn.SetResult();
        await scene.Host.IdleAsync("T");
        Assert.Empty(scene.Platform.Documents);
        Assert.Equal("none", await QuestionAsync());

        static async IAsyncEnumerable<SyncItem> ListAsync(Task goesOn)
        {
            await goesOn;
            yield return new SyncItem.ListingComplete { WithoutCursor = true };
            yield return new SyncItem.Checkpoint("c3");
        }

        async Task<string> QuestionAsync()
        {
            using var answer = await scene.Host.GetAsync("account?access_token=T");
            using var account = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            var blocked = account.RootElement.GetProperty("prune_blocked");
            return blocked.ValueKind == JsonValueKind.Null
                ? "none"
                : $"{blocked.GetInt64()} of {account.RootElement.GetProperty("known").GetInt64()}";
        }
    }

    [Fact]
    public async Task A_run_that_goes_on_from_a_finished_listing_cannot_claim_to_be_complete()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields([.. Items(5), new SyncItem.ListingComplete(), new SyncItem.Checkpoint("end")]);
        await scene.Host.RunAsync("T");
        scene.Script.Yields(new SyncItem.ListingComplete());
        await scene.Host.RunAsync("T");
        Assert.Equal(5, scene.Platform.Documents.Count);
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Method == "DELETE");
    }

    [Fact]
    public async Task A_listing_that_breaks_or_says_nothing_deletes_nothing()
    {
        await using var scene = await Scene.StartAsync(options => options.AttemptsMax = 2);
        scene.Script.Yields([.. Items(5), new SyncItem.ListingComplete { WithoutCursor = true }, new SyncItem.Checkpoint("c1")]);
        await scene.Host.RunAsync("T");
        scene.Script.Sync = (_, _) => BrokenAsync();
        await scene.Host.RunAsync("T");
        Assert.Equal("failed", (await scene.Host.LastRunAsync("T")).Outcome);
        scene.Script.Yields();
        await scene.Host.RunAsync("T");
        scene.Script.Yields(Item("i0"), new SyncItem.Failure("Unreadable", "a page is missing"), new SyncItem.ListingComplete { WithoutCursor = true });
        await scene.Host.RunAsync("T");
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Method == "DELETE");

        static async IAsyncEnumerable<SyncItem> BrokenAsync()
        {
            yield return Item("i0");
            await Task.CompletedTask;
            throw new SourceException(HttpStatusCode.ServiceUnavailable, "down");
        }
    }

    [Fact]
    public async Task Deleting_a_prefix_removes_all_descendants_and_nothing_beside_them()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields(Item("/a"), Item("/a/x"), Item("/a/b/y"), Item("/ab"), Item("/a.txt"), new SyncItem.Checkpoint("c1"));
        await scene.Host.RunAsync("T");
        scene.Script.Yields(new SyncItem.DeletePrefix("/a/"), new SyncItem.Delete("unknown"), new SyncItem.Checkpoint("c2"));
        await scene.Host.RunAsync("T");
        Assert.Equal(["/a", "/a.txt", "/ab"], scene.Platform.Documents.Keys.Select(key => key.Identifier).Order(StringComparer.Ordinal));
        Assert.Equal(2, scene.Platform.Calls.Count(call => call.Method == "DELETE"));
    }

    [Fact]
    public async Task An_upsert_and_a_delete_of_one_item_never_swap()
    {
        await using var scene = await Scene.StartAsync(options => options.Concurrency = 8);
        var items = Enumerable.Range(0, 200).SelectMany(i => new SyncItem[]
        {
            Item($"i{i}"), new SyncItem.Delete($"i{i}"), Item($"j{i}"), new SyncItem.Delete($"j{i}"), Item($"j{i}", "2"),
        });
        scene.Script.Yields([.. items, new SyncItem.Checkpoint("c")]);
        await scene.Host.RunAsync("T");
        Assert.Equal(200, scene.Platform.Documents.Count);
        Assert.All(scene.Platform.Documents.Keys, key => Assert.StartsWith("j", key.Identifier, StringComparison.Ordinal));
    }
}
