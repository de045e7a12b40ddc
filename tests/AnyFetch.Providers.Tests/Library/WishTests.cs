using System.Net;
using AnyFetch.Certification;
using AnyFetch.Provider;
using AnyFetch.Provider.Store;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Library;

/// <summary>An update that is asked for while another is under way: what the source has got since is not lost.</summary>
public sealed class WishTests
{
    private static readonly SyncItem.Upsert Item = new("x") { Version = "1" };

    [Fact]
    public async Task A_wish_that_comes_while_the_run_is_reported_starts_another_one()
    {
        // The end of a run is awaited for seconds, and those do not pass here.
        await using var scene = await Scene.StartAsync(time: new ManualTimeProvider());
        var reporting = Hold(scene, "POST /track/provider-updated");
        Assert.Equal(HttpStatusCode.Accepted, await scene.Host.UpdateAsync("T"));
        await Eventually.TrueAsync(() => scene.Platform.Of("POST /track/provider-updated").Count > 0, what: "the run is reported");

        var wished = WishAsync(scene, await scene.Host.AccountAsync("T"));
        reporting.SetResult();
        Assert.True(await wished);
        Assert.Equal(2, await scene.Host.RunsAsync("T", atLeast: 2));
    }

    [Fact]
    public async Task A_wish_that_comes_while_a_report_is_not_taken_is_kept()
    {
        await using var scene = await Scene.StartAsync();
        var reporting = Hold(scene, "POST /track/provider-updated");
        Assert.Equal(HttpStatusCode.Accepted, await scene.Host.UpdateAsync("T"));
        await Eventually.TrueAsync(() => scene.Platform.Of("POST /track/provider-updated").Count > 0, what: "the run is reported");

        Assert.Equal(HttpStatusCode.NoContent, await scene.Host.UpdateAsync("T"));
        reporting.SetResult();
        Assert.Equal(2, await scene.Host.RunsAsync("T", atLeast: 2));
    }

    [Fact]
    public async Task Wishes_that_come_when_the_source_is_listed_are_one_run_as_they_asked_for_it()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields(Item, new SyncItem.Checkpoint("1"));
        var sending = Hold(scene, "POST /documents");
        Assert.Equal(HttpStatusCode.Accepted, await scene.Host.UpdateAsync("T"));
        await Eventually.TrueAsync(() => scene.Host.Runtime.Scheduler.Find(1)!.IsListed, what: "the source is listed");

        Assert.Equal(HttpStatusCode.NoContent, await scene.Host.UpdateAsync("T"));
        Assert.Equal(HttpStatusCode.NoContent, await scene.Host.UpdateAsync("T", ("full", "1")));
        sending.SetResult();
        Assert.Equal(2, await scene.Host.RunsAsync("T", atLeast: 2));
        Assert.Equal(("manual", "full"), await LastAsync(scene));
    }

    [Fact]
    public async Task A_wish_that_comes_while_the_source_is_listed_is_that_run()
    {
        await using var scene = await Scene.StartAsync();
        var listing = new TaskCompletionSource();
        scene.Script.Sync = (_, stop) => ListAsync(listing.Task.WaitAsync(stop));
        Assert.Equal(HttpStatusCode.Accepted, await scene.Host.UpdateAsync("T"));
        Assert.Equal(HttpStatusCode.NoContent, await scene.Host.UpdateAsync("T"));
        listing.SetResult();
        await scene.Host.RunsAsync("T", atLeast: 1);

        // A run that followed by itself would be counted beside this one.
        await scene.Host.RunAsync("T");
        Assert.Equal(2, await scene.Host.RunsAsync("T", atLeast: 2));
    }

    [Fact]
    public async Task A_wish_for_an_account_that_a_person_must_reconnect_starts_nothing()
    {
        await using var scene = await Scene.StartAsync(time: new ManualTimeProvider());
        scene.Script.Yields(Item);
        scene.Script.Fetch = (_, _, _) => throw new TokenException("The access was revoked.");
        var telling = Hold(scene, "POST /token/refresh");
        Assert.Equal(HttpStatusCode.Accepted, await scene.Host.UpdateAsync("T"));
        await Eventually.TrueAsync(() => scene.Host.Runtime.Scheduler.Find(1) is not { IsEnding: false }, what: "the run ends");

        var wished = WishAsync(scene, await scene.Host.AccountAsync("T"));
        telling.SetResult();
        Assert.False(await wished);
        Assert.Equal(1, await scene.Host.RunsAsync("T", atLeast: 1));
    }

    /// <summary>What the update's route does. The run under way is looked at before this returns.</summary>
    private static Task<bool> WishAsync(Scene scene, AccountRow account) => scene.Host.Runtime.Scheduler.RequestAsync(
        account, scene.Host.Runtime.CreateRequest(account, "manual"), CancellationToken.None);

    private static async IAsyncEnumerable<SyncItem> ListAsync(Task goesOn)
    {
        await goesOn;
        yield return new SyncItem.Checkpoint("1");
    }

    private static async Task<(string Reason, string Mode)> LastAsync(Scene scene)
    {
        var run = await scene.Host.LastRunAsync("T");
        return (run.Reason, run.Mode);
    }

    /// <summary>The first call of a kind waits for its answer until the test says so.</summary>
    private static TaskCompletionSource Hold(Scene scene, string key)
    {
        var goesOn = new TaskCompletionSource();
        scene.Platform.Answers = call => call.Key == key ? goesOn.Task.WaitAsync(call.Aborted) : Task.CompletedTask;
        return goesOn;
    }
}
