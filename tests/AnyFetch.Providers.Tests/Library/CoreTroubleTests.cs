using AnyFetch.Provider;
using AnyFetch.Provider.Running;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;
using Dapper;

namespace AnyFetch.Providers.Tests.Library;

/// <summary>What many tasks at once make of a core that goes away, and a run of a task that breaks.</summary>
public sealed class CoreTroubleTests
{
    private const int Tasks = 16;

    [Fact]
    public async Task Calls_that_are_cut_off_together_count_as_one_refusal_and_wait_once()
    {
        await using var scene = await Scene.StartAsync(options =>
        {
            options.Concurrency = Tasks;
            options.CoreRefusalsMax = 2;
        });
        var under = 0;
        var all = new TaskCompletionSource();
        scene.Platform.Answers = async call =>
        {
            if (call.Key != "POST /documents" || all.Task.IsCompleted)
            {
                return;
            }

            if (Interlocked.Increment(ref under) == Tasks)
            {
                all.SetResult();
            }

            await all.Task;
            throw new IOException("The connection is cut.");
        };
        scene.Script.Yields([.. Enumerable.Range(0, 40).Select(n => new SyncItem.Upsert($"i{n}") { Version = "1" })]);
        await scene.Host.RunAsync("T");
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync("T")).Outcome);
        Assert.Equal(40, scene.Platform.Documents.Count);
    }

    [Fact]
    public async Task A_core_that_stays_away_ends_the_run_and_keeps_the_queue()
    {
        await using var scene = await Scene.StartAsync(options =>
        {
            options.Concurrency = Tasks;
            options.CoreRefusalsMax = 3;
        });
        scene.Platform.Answers = _ => throw new IOException("The connection is cut.");
        scene.Script.Yields([.. Enumerable.Range(0, 40).Select(n => new SyncItem.Upsert($"i{n}") { Version = "1" })]);
        await scene.Host.RunAsync("T");
        Assert.StartsWith("The core refuses documents", (await scene.Host.LastRunAsync("T")).Error, StringComparison.Ordinal);

        scene.Platform.Answers = _ => Task.CompletedTask;
        await scene.Host.RunAsync("T");
        Assert.Equal(40, scene.Platform.Documents.Count);
    }

    [Fact]
    public async Task A_task_that_breaks_ends_the_run_instead_of_leaving_it_to_wait_for_ever()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields(new SyncItem.Upsert("a") { SourceId = "1" }, new SyncItem.Upsert("b") { SourceId = "2" });
        await scene.Host.RunAsync("T", ("documents_per_update", "1"));
        await scene.Host.Store.Queue.RunAsync(
            connection => { connection.Execute("UPDATE queue SET payload = '{'"); }, CancellationToken.None);
        scene.Script.Yields();
        await scene.Host.RunAsync("T");
        var run = await scene.Host.LastRunAsync("T");
        Assert.Equal(("failed", "Sending stopped because of an internal fault."), (run.Outcome, run.Error));
    }

    [Fact]
    public async Task A_run_that_is_stopped_as_its_pause_ends_leaves_no_place_taken()
    {
        for (var round = 0; round < 500; round++)
        {
            using var places = new SemaphoreSlim(0, 1);
            using var stops = new CancellationTokenSource();
            var gate = new AccountGate(places, TimeProvider.System, stops.Token);
            var other = places.WaitAsync();
            gate.Pause(TimeSpan.Zero);
            await other;
            Thread.SpinWait(round * 10);

            // The other account leaves its place to the one whose pause is over, and that one is stopped.
            places.Release();
            await stops.CancelAsync();
            await gate.EndAsync();
            Assert.Equal(1, places.CurrentCount + (gate.HoldsPlace ? 1 : 0));
        }
    }
}
