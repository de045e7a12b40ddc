using System.Net;
using System.Text.Json.Nodes;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;
using Dapper;

namespace AnyFetch.Providers.Tests.Library;

public sealed class ScheduleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static async Task<(Scene Scene, ManualTimeProvider Time)> StartAsync()
    {
        var time = new ManualTimeProvider();
        var scene = await Scene.StartAsync(
            options =>
            {
                options.IntervalMinutes = 60;
                options.FullIntervalHours = 24;
                options.IntervalJitterPercent = 0;
            },
            time);
        scene.Script.Sync = (context, _) => new SyncItem[] { new SyncItem.Checkpoint("c") }.ToAsyncEnumerable();
        return (scene, time);
    }

    private static async Task<IReadOnlyList<string>> RunsAsync(Scene scene)
    {
        var account = await scene.Host.AccountAsync("T");
        var runs = await scene.Host.Store.Runs.ListAsync(account.Id, 50, CancellationToken.None);
        return [.. runs.Reverse().Where(run => run.Ended is not null).Select(run => $"{run.Reason} {run.Mode}")];
    }

    // The host looks once a minute; the clock stands still while it plans, and moves on until so many runs are over.
    private static Task PassAsync(Scene scene, ManualTimeProvider time, int runs) => time.PassUntilAsync(
        Minute,
        async () => (await RunsAsync(scene)).Count == runs && scene.Host.Runtime.Scheduler.Find(1) is null,
        $"{runs} runs are over");

    [Fact]
    public async Task An_account_is_updated_by_the_clock_and_listed_in_full_after_a_day()
    {
        var (scene, time) = await StartAsync();
        await using var _ = scene;
        await scene.Host.RunAsync("T");
        time.Advance(59 * Minute);
        await PassAsync(scene, time, 2);
        Assert.Equal(["manual full", "schedule incremental"], await RunsAsync(scene));
        time.Advance(TimeSpan.FromHours(25));
        await PassAsync(scene, time, 3);
        Assert.Equal("schedule full", (await RunsAsync(scene))[^1]);
    }

    [Fact]
    public async Task A_paused_account_rests_until_it_is_asked()
    {
        var (scene, time) = await StartAsync();
        await using var _ = scene;
        await scene.Host.RunAsync("T");
        using var paused = await scene.Host.PostAsync("account/schedule", ("access_token", "T"), ("paused", "1"));
        Assert.Equal(HttpStatusCode.NoContent, paused.StatusCode);
        Assert.Null((await scene.Host.AccountAsync("T")).NextRun);
        using var again = await scene.Host.PostAsync(
            "account/schedule", ("access_token", "T"), ("paused", "0"), ("interval_minutes", "10"));
        var next = DateTimeOffset.FromUnixTimeMilliseconds((await scene.Host.AccountAsync("T")).NextRun!.Value);
        Assert.Equal(TimeSpan.FromMinutes(10), next - time.GetUtcNow());
        using var wrong = await scene.Host.PostAsync(
            "account/schedule", ("access_token", "T"), ("interval_minutes", "0"));
        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
    }

    [Fact]
    public async Task A_run_that_ends_leaves_the_schedule_that_the_account_was_given_meanwhile()
    {
        var (scene, time) = await StartAsync();
        await using var _ = scene;
        var passes = new TaskCompletionSource();
        scene.Script.Sync = (_, stop) => HeldAsync(passes.Task.WaitAsync(stop));
        Assert.Equal(HttpStatusCode.Accepted, await scene.Host.UpdateAsync("T"));
        using var paused = await scene.Host.PostAsync("account/schedule", ("access_token", "T"), ("paused", "1"));
        Assert.Equal(HttpStatusCode.NoContent, paused.StatusCode);
        passes.SetResult();
        await scene.Host.IdleAsync("T");
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync("T")).Outcome);
        Assert.Null((await scene.Host.AccountAsync("T")).NextRun);

        static async IAsyncEnumerable<SyncItem> HeldAsync(Task passes)
        {
            await passes;
            yield return new SyncItem.Checkpoint("c");
        }
    }

    [Fact]
    public async Task An_account_is_updated_at_the_times_of_its_cron_expression_by_its_own_clocks()
    {
        var (scene, time) = await StartAsync();
        await using var _ = scene;
        using var set = await scene.Host.PostAsync(
            "account/schedule", ("access_token", "T"), ("cron", "30 4 * * *"), ("time_zone", "Asia/Kolkata"));
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        var next = DateTimeOffset.FromUnixTimeMilliseconds((await scene.Host.AccountAsync("T")).NextRun!.Value);
        Assert.Equal(new TimeSpan(23, 0, 0), next.TimeOfDay);
        time.Advance(next - time.GetUtcNow());
        await PassAsync(scene, time, 1);
        var then = DateTimeOffset.FromUnixTimeMilliseconds((await scene.Host.AccountAsync("T")).NextRun!.Value);
        Assert.Equal(TimeSpan.FromDays(1), then - next);

        using var kept = await scene.Host.PostAsync("account/schedule", ("access_token", "T"), ("paused", "0"));
        Assert.Equal("30 4 * * *", (await scene.Host.AccountAsync("T")).Schedule.Cron);
        using var back = await scene.Host.PostAsync("account/schedule", ("access_token", "T"), ("interval_minutes", "5"));
        Assert.Equal(5 * Minute, DateTimeOffset.FromUnixTimeMilliseconds((await scene.Host.AccountAsync("T")).NextRun!.Value) - time.GetUtcNow());
        foreach (var (name, value) in new[] { ("cron", "61 * * * *"), ("time_zone", "Mars/Olympus"), ("cron", new string('1', 201)) })
        {
            using var wrong = await scene.Host.PostAsync("account/schedule", ("access_token", "T"), (name, value));
            Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        }
    }

    [Fact]
    public async Task A_notice_of_the_source_starts_one_run_of_the_accounts_that_it_concerns()
    {
        await using var scene = await Scene.StartAsync(options => options.DebounceSeconds = 0);
        await scene.Host.AddAccountAsync("U", """{"user":"u"}""");
        scene.Script.Receive = call => new WebhookReply(200)
        {
            Text = call.Query.GetValueOrDefault("challenge"),
            Concerns = account => call.Method == "POST"
                && account.Text("user") == (string?)JsonNode.Parse(call.Body.Span)?["user"],
        };
        using var challenge = await scene.Host.GetAsync("webhook?challenge=abc");
        Assert.Equal("abc", await challenge.Content.ReadAsStringAsync());
        using var notice = await scene.Host.Http.PostAsync(
            "webhook", new StringContent("""{"user":"u"}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, notice.StatusCode);
        await Eventually.TrueAsync(async () => (await scene.Host.AccountAsync("U")).LastSuccess is not null);
        Assert.Equal("webhook", (await scene.Host.LastRunAsync("U")).Reason);
        Assert.Null((await scene.Host.AccountAsync("T")).LastUpdate);
    }

    [Fact]
    public async Task A_watch_goes_on_after_a_notice_that_failed()
    {
        var time = new BreakableTime();
        await using var scene = await Scene.StartAsync(options => options.DebounceSeconds = 0, time);
        scene.Script.Receive = _ => new WebhookReply(200) { Concerns = _ => true };
        time.IsBroken = true;
        using var lost = await scene.Host.PostAsync("webhook");
        await Eventually.TrueAsync(() => time.Failures > 0, what: "the notice fails");
        time.IsBroken = false;
        using var notice = await scene.Host.PostAsync("webhook");
        await Eventually.TrueAsync(async () => (await scene.Host.AccountAsync("T")).LastSuccess is not null, what: "the next notice runs");
    }

    [Fact]
    public async Task A_lock_that_no_run_holds_does_not_keep_an_account_from_its_schedule()
    {
        var (scene, time) = await StartAsync();
        await using var _ = scene;
        await scene.Host.RunAsync("T");

        // As a disk leaves it that was full when the run ended.
        await scene.Host.Store.Queue.RunAsync(
            connection => { connection.Execute("UPDATE accounts SET updating_since = 1"); }, CancellationToken.None);
        time.Advance(59 * Minute);
        await PassAsync(scene, time, 2);
        Assert.Equal(["manual full", "schedule incremental"], await RunsAsync(scene));
    }
}
