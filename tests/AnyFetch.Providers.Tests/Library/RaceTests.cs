using System.Net;
using AnyFetch.Certification;
using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Library;

/// <summary>What meets what: a listing and its faults, a run and a document that is sent alone, a run and the one after it.</summary>
public sealed class RaceTests
{
    private static SyncItem.Upsert Item(string identifier) => new(identifier) { Version = "1" };

    private static IEnumerable<SyncItem.Upsert> Items(int from, int to) => Enumerable.Range(from, to - from).Select(n => Item($"i{n}"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_listing_that_missed_something_deletes_nothing_when_it_goes_on_from_its_checkpoint(bool inTheSameRun)
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields([.. Items(0, 10), new SyncItem.ListingComplete(), new SyncItem.Checkpoint("end")]);
        await scene.Host.RunAsync("T");
        var breaks = true;
        scene.Script.Sync = (context, _) => ListAsync(context.Cursor);
        await scene.Host.RunAsync("T", ("full", "1"));
        if (!inTheSameRun)
        {
            await scene.Host.RunAsync("T");
        }

        Assert.Equal("last", (await scene.Host.AccountAsync("T")).Cursor);
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Method == "DELETE");
        Assert.Equal(10, scene.Platform.Documents.Count);

        async IAsyncEnumerable<SyncItem> ListAsync(string? cursor)
        {
            await Task.CompletedTask;
            if (cursor is null)
            {
                foreach (var item in Items(0, 5))
                {
                    yield return item;
                }

                yield return new SyncItem.Failure("Unreadable", "A folder could not be listed.");
                yield return new SyncItem.Checkpoint("page 2");
                if (breaks)
                {
                    breaks = false;
                    throw inTheSameRun
                        ? new SourceException(HttpStatusCode.ServiceUnavailable, "later")
                        : new InvalidOperationException("The source broke.");
                }
            }

            foreach (var item in Items(8, 10))
            {
                yield return item;
            }

            yield return new SyncItem.ListingComplete();
            yield return new SyncItem.Checkpoint("last");
        }
    }

    [Fact]
    public async Task A_document_that_is_sent_alone_while_a_run_deletes_it_is_gone_in_the_end()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields(Item("x"), new SyncItem.Checkpoint("1"));
        await scene.Host.RunAsync("T");
        var fetching = new TaskCompletionSource();
        var goesOn = new TaskCompletionSource();
        scene.Script.Sync = (context, _) => new SyncItem[] { context.Identifier is null ? new SyncItem.Delete("x") : Item("x") }.ToAsyncEnumerable();
        scene.Script.Fetch = async (_, _, _) =>
        {
            fetching.SetResult();
            await goesOn.Task;
            return new FetchResult.Send(new DocumentDraft(), null);
        };
        using var reply = await scene.Host.PostAsync("update/x", ("access_token", "T"));
        await fetching.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await scene.Host.RunAsync("T");
        Assert.Empty(scene.Platform.Documents);

        goesOn.SetResult();
        await Eventually.TrueAsync(
            () => scene.Platform.Calls.Count(call => call.Method == "DELETE") == 2 && scene.Platform.Documents.IsEmpty,
            what: "it is deleted again");
    }

    [Fact]
    public async Task A_document_that_was_only_ever_sent_alone_is_deleted_like_any_other()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields(Item("x"));
        using var reply = await scene.Host.PostAsync("update/x", ("access_token", "T"));
        await Eventually.TrueAsync(() => !scene.Platform.Documents.IsEmpty);
        scene.Script.Yields(new SyncItem.Delete("x"), new SyncItem.Checkpoint("1"));
        await scene.Host.RunAsync("T");
        Assert.Empty(scene.Platform.Documents);
    }

    [Fact]
    public async Task A_run_that_a_kill_ended_is_told_as_interrupted()
    {
        await using var scene = await Scene.StartAsync();
        var reached = new TaskCompletionSource();
        scene.Platform.Answers = call => call.Key == "POST /documents" ? HoldAsync(call) : Task.CompletedTask;
        scene.Script.Yields(Item("x"), new SyncItem.Checkpoint("1"));
        await scene.Host.UpdateAsync("T");
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var crash = CrashedCopy.Of(scene.Host);
        await scene.Host.DisposeAsync();
        crash.PutBack();
        scene.Platform.Answers = _ => Task.CompletedTask;
        await scene.StartHostAsync();
        await scene.Host.IdleAsync("T");
        var account = await scene.Host.AccountAsync("T");
        var runs = await scene.Host.Store.Runs.ListAsync(account.Id, 10, CancellationToken.None);
        Assert.Equal([("succeeded", "done"), ("interrupted", "done")], runs.Select(run => (run.Outcome, run.Phase)));

        Task HoldAsync(RecordedCall call)
        {
            reached.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Aborted);
        }
    }

    [Fact]
    public async Task A_run_that_does_not_stop_in_time_leaves_the_next_one_its_lock()
    {
        await using var scene = await Scene.StartAsync(options =>
        {
            options.StopSeconds = 1;
            options.UsersConcurrency = 2;
        });
        var fetches = 0;
        TaskCompletionSource[] ends = [new(), new()];
        scene.Script.Yields(Item("x"), new SyncItem.Checkpoint("1"));
        scene.Script.Fetch = async (_, _, _) =>
        {
            var fetch = Interlocked.Increment(ref fetches) - 1;
            await ends[Math.Min(fetch, 1)].Task;
            return new FetchResult.Send(new DocumentDraft(), null);
        };
        await scene.Host.UpdateAsync("T");
        await Eventually.TrueAsync(() => Volatile.Read(ref fetches) == 1);
        var first = scene.Host.Runtime.Scheduler.Find(1)!;
        await scene.Host.UpdateAsync("T", ("force", "1"));
        await Eventually.TrueAsync(() => Volatile.Read(ref fetches) == 2, what: "the second run fetches");
        ends[0].SetResult();
        await first.Over.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.NotNull((await scene.Host.AccountAsync("T")).RunRequest);

        ends[1].SetResult();
        await scene.Host.IdleAsync("T");
        Assert.Null((await scene.Host.AccountAsync("T")).RunRequest);
        Assert.Single(scene.Platform.Documents);
    }
}
