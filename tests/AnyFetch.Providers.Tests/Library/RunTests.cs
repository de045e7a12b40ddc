using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Library;

public sealed class RunTests
{
    private static SyncItem.Upsert Item(string identifier, string? version = "1") => new(identifier) { Version = version };

    [Fact]
    public async Task A_run_sends_what_is_listed_and_a_second_one_sends_only_what_changed()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields(Item("a"), Item("b"), new SyncItem.ListingComplete(), new SyncItem.Checkpoint("c1"));
        await scene.Host.RunAsync("T");
        Assert.Equal(["a", "b"], scene.Platform.SentIdentifiers().Order());
        Assert.Equal("c1", (await scene.Host.AccountAsync("T")).Cursor);

        scene.Script.Yields(Item("a"), Item("b", "2"), new SyncItem.Checkpoint("c2"));
        await scene.Host.RunAsync("T");
        Assert.Equal(["a", "b", "b"], scene.Platform.SentIdentifiers().Order());
        Assert.Equal(1, (await scene.Host.LastRunAsync("T")).Skipped);
    }

    [Fact]
    public async Task Check_09_The_cap_is_required_only_by_option()
    {
        await using var scene = await Scene.StartAsync(options => options.RequireDocumentsPerUpdate = true);
        Assert.Equal(HttpStatusCode.Conflict, await scene.Host.UpdateAsync("T"));
        Assert.Equal(HttpStatusCode.Accepted, await scene.Host.UpdateAsync("T", ("documents_per_update", "5")));
    }

    [Fact]
    public async Task Check_10_A_second_update_is_429_by_option_and_a_lock_of_five_hours_is_forgotten()
    {
        var time = new ShiftedTimeProvider();
        await using var scene = await Scene.StartAsync(options => options.UpdatePendingStatus = 429, time);
        var release = new TaskCompletionSource();
        scene.Platform.Delay = call => call.Key == "POST /documents" ? release.Task : Task.CompletedTask;
        scene.Script.Yields(Item("a"));
        Assert.Equal(HttpStatusCode.Accepted, await scene.Host.UpdateAsync("T"));
        await Eventually.TrueAsync(() => scene.Platform.Calls.Any(call => call.Key == "POST /documents"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await scene.Host.UpdateAsync("T"));
        time.Advance(TimeSpan.FromHours(4.9));
        Assert.Equal(HttpStatusCode.TooManyRequests, await scene.Host.UpdateAsync("T"));
        time.Advance(TimeSpan.FromHours(0.1) + TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.Accepted, await scene.Host.UpdateAsync("T"));
        release.SetResult();
        await scene.Host.IdleAsync("T");
    }

    [Fact]
    public async Task Check_11_The_cap_is_exact_and_the_rest_follows_new_changes_first_deletions_always()
    {
        await using var scene = await Scene.StartAsync(options => options.ListingAheadCaps = 0);
        scene.Script.Yields([Item("gone"), new SyncItem.Checkpoint("c0")]);
        await scene.Host.RunAsync("T");

        scene.Script.Yields(
            [.. Enumerable.Range(0, 10).Select(i => Item($"i{i}")), new SyncItem.Delete("gone"), new SyncItem.Checkpoint("c1")]);
        await scene.Host.RunAsync("T", ("documents_per_update", "3"));
        Assert.Equal(["i0", "i1", "i2"], scene.Platform.SentIdentifiers().Skip(1).Order());
        Assert.Single(scene.Platform.Of("DELETE /documents/identifier/gone"));
        Assert.Equal(7, (await scene.Host.LastRunAsync("T")).Backlog);

        scene.Script.Yields([Item("new"), new SyncItem.Checkpoint("c2")]);
        await scene.Host.RunAsync("T", ("documents_per_update", "3"));
        Assert.Equal("new", scene.Platform.SentIdentifiers()[4]);
        Assert.Equal(7, scene.Platform.SentIdentifiers().Count);

        scene.Script.Yields([new SyncItem.Checkpoint("c3")]);
        await scene.Host.RunAsync("T", ("documents_per_update", "3"));
        await scene.Host.RunAsync("T", ("documents_per_update", "3"));
        Assert.Equal(12, scene.Platform.SentIdentifiers().Distinct().Count());
        Assert.Equal(12, scene.Platform.SentIdentifiers().Count);
    }

    [Fact]
    public async Task Check_11_A_listing_far_ahead_of_the_cap_is_cut_and_resumes_from_its_checkpoint()
    {
        await using var scene = await Scene.StartAsync(options => options.ListingBatchItems = 2);
        scene.Script.Sync = PagesAsync;
        for (var run = 1; run <= 12 && scene.Platform.SentIdentifiers().Distinct().Count() < 20; run++)
        {
            await scene.Host.RunAsync("T", ("documents_per_update", "2"));
            Assert.True(scene.Platform.SentIdentifiers().Count <= run * 2);
            var waiting = await scene.Host.Store.Items.CountAsync(1, null, CancellationToken.None);
            Assert.True(waiting <= 6, $"{waiting} items wait.");
        }

        Assert.Equal(20, scene.Platform.SentIdentifiers().Distinct().Count());
        Assert.Equal(20, scene.Platform.SentIdentifiers().Count);

        static async IAsyncEnumerable<SyncItem> PagesAsync(SyncContext context, [EnumeratorCancellation] CancellationToken stop)
        {
            for (var page = context.Cursor is null ? 0 : int.Parse(context.Cursor, null); page < 10; page++)
            {
                yield return Item($"{page}-0");
                yield return Item($"{page}-1");
                yield return new SyncItem.Checkpoint($"{page + 1}");
            }

            await Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Overflow_may_be_dropped_by_option()
    {
        await using var scene = await Scene.StartAsync(options => options.OverflowPolicy = OverflowPolicy.Drop);
        scene.Script.Yields([.. Enumerable.Range(0, 10).Select(i => Item($"i{i}")), new SyncItem.Checkpoint("c1")]);
        await scene.Host.RunAsync("T", ("documents_per_update", "3"));
        scene.Script.Yields(new SyncItem.Checkpoint("c2"));
        await scene.Host.RunAsync("T", ("documents_per_update", "3"));
        Assert.Equal(["i0", "i1", "i2"], scene.Platform.SentIdentifiers().Order());
    }

    [Fact]
    public async Task Check_12_Updating_one_identifier_sends_it_alone_and_touches_nothing_else()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields(Item("a/1 ü"), Item("b"), Item("c"), new SyncItem.Checkpoint("moved"));
        using var reply = await scene.Host.PostAsync("update/" + Uri.EscapeDataString("a/1 ü"), ("access_token", "T"));
        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        await Eventually.TrueAsync(() => scene.Platform.SentIdentifiers().Count == 1);
        var account = await scene.Host.AccountAsync("T");
        Assert.Equal((null, null, null), (account.Cursor, account.LastUpdate, account.UpdatingSince));
        Assert.Equal(["a/1 ü"], scene.Platform.SentIdentifiers());

        using var unknown = await scene.Host.PostAsync("update/nobody", ("access_token", "T"));
        await Eventually.TrueAsync(async () => (await scene.Host.ErrorsAsync("T")).Count == 1);
        Assert.Equal("NotFound", (await scene.Host.ErrorsAsync("T"))[0].Code);
    }

    [Fact]
    public async Task Check_13_New_service_data_is_seen_by_the_tasks_of_the_run_and_kept()
    {
        await using var scene = await Scene.StartAsync();
        var seen = new List<string?>();
        scene.Script.Sync = RotateAsync;
        scene.Script.Fetch = (_, context, _) =>
        {
            seen.Add(context.Account.Text("refresh"));
            return Task.FromResult<FetchResult>(new FetchResult.Send(new DocumentDraft(), null));
        };
        await scene.Host.RunAsync("T", ("documents_per_update", "9"));
        Assert.Equal("r2", Assert.Single(seen));
        Assert.Equal("r2", (string?)(await scene.Host.AccountAsync("T")).Data["refresh"]);

        static async IAsyncEnumerable<SyncItem> RotateAsync(SyncContext context, [EnumeratorCancellation] CancellationToken stop)
        {
            Assert.Equal(9, (int)context.Account.Data["documentsPerUpdate"]!);
            await context.Account.SaveDataAsync(new JsonObject { ["refresh"] = "r2" }, stop);
            yield return Item("a");
        }
    }

    [Fact]
    public async Task Check_14_A_document_that_is_gone_and_a_deletion_of_nothing_are_successes()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields(Item("a"), Item("b"), new SyncItem.Checkpoint("c1"));
        scene.Platform.Intercept = call => call.Key == "POST /documents" ? new ForcedReply(410) : null;
        await scene.Host.RunAsync("T");
        scene.Script.Yields(new SyncItem.Delete("b"));
        await scene.Host.RunAsync("T");
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync("T")).Outcome);
        Assert.Empty(await scene.Host.ErrorsAsync("T"));
    }

    [Fact]
    public async Task Check_15_A_dead_grant_stops_the_run_and_asks_for_a_person()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields([.. Enumerable.Range(0, 50).Select(i => Item($"i{i}"))]);
        scene.Script.Fetch = (item, _, _) => item.Identifier == "i3"
            ? throw new TokenException("revoked")
            : Task.FromResult<FetchResult>(new FetchResult.Send(new DocumentDraft(), null));
        await scene.Host.RunAsync("T");
        Assert.Equal(3, scene.Platform.SentIdentifiers().Count);
        Assert.Single(scene.Platform.Of("POST /token/refresh"));
        Assert.Empty(scene.Platform.Of("POST /track/provider-updated"));
        var account = await scene.Host.AccountAsync("T");
        Assert.Equal((true, null), (account.RequireRefresh, account.UpdatingSince));
        Assert.Equal(428, (int)await scene.Host.UpdateAsync("T"));
    }

    [Fact]
    public async Task Check_19_Two_accounts_of_one_name_send_with_their_own_tokens()
    {
        await using var scene = await Scene.StartAsync(options => options.UsersConcurrency = 2);
        await scene.Host.AddAccountAsync("U");
        scene.Script.Yields([.. Enumerable.Range(0, 100).Select(i => Item($"i{i}"))]);
        await scene.Host.UpdateAsync("T");
        await scene.Host.UpdateAsync("U");
        await scene.Host.IdleAsync("T");
        await scene.Host.IdleAsync("U");
        Assert.Equal(100, scene.Platform.SentIdentifiers("T").Distinct().Count());
        Assert.Equal(100, scene.Platform.SentIdentifiers("U").Distinct().Count());
        Assert.All(
            scene.Platform.Of("POST /documents"),
            call => Assert.Equal(call.Token, (string?)call.Json!["user_access"]![0]));
    }

    [Fact]
    public async Task Check_23_A_dry_run_counts_and_changes_nothing()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields(Item("a"), Item("b"), new SyncItem.Checkpoint("c1"));
        Assert.Equal(HttpStatusCode.Accepted, await scene.Host.UpdateAsync("T", ("dry_run", "1")));
        await Eventually.TrueAsync(async () =>
            (await scene.Host.Store.Runs.ListAsync(1, 1, CancellationToken.None)).Any());
        var run = await scene.Host.LastRunAsync("T");
        Assert.Equal(("dry_run", 2, 2L), (run.Mode, run.Samples.Count, run.Backlog));
        var account = await scene.Host.AccountAsync("T");
        Assert.Equal((null, null, null), (account.Cursor, account.UpdatingSince, account.LastUpdate));
        Assert.Equal(0, await scene.Host.Store.Ledger.CountAsync(1, CancellationToken.None));
        Assert.Empty(scene.Platform.Calls);
    }

    [Theory]
    [InlineData("AppId")]
    [InlineData("AppSecret")]
    [InlineData("ProviderUrl")]
    public async Task Check_24_Without_its_identity_the_host_refuses_to_start(string missing)
    {
        using var directory = new TempDirectory();
        await using var platform = await FakePlatform.StartAsync();
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(
            platform, directory.Path, new Script(), options =>
            {
                options.ResolveIdentity = null;
                options.AppId = missing == "AppId" ? "" : "id";
                options.AppSecret = missing == "AppSecret" ? "" : "secret";
                options.ProviderUrl = missing == "ProviderUrl" ? "" : "http://localhost/p";
            }));
        Assert.Contains(missing + " is missing", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task The_newest_items_of_all_pages_go_first_when_sending_waits_for_the_listing(int aheadCaps)
    {
        await using var scene = await Scene.StartAsync(options =>
        {
            options.SendAfterListing = true;
            options.ListingAheadCaps = aheadCaps;
            options.ListingBatchItems = 5;
        });
        scene.Script.Sync = (_, _) => OldestFirst().ToAsyncEnumerable();
        await scene.Host.RunAsync("T", ("documents_per_update", "10"));
        var newest = aheadCaps == 0 ? 50 : 15;
        Assert.Equal(Enumerable.Range(newest - 10, 10).Reverse().Select(n => $"i{n:D2}"), scene.Platform.SentIdentifiers());

        static IEnumerable<SyncItem> OldestFirst()
        {
            for (var n = 0; n < 50; n++)
            {
                yield return new SyncItem.Upsert($"i{n:D2}") { Version = "1", Rank = -n };
                if (n % 10 == 9)
                {
                    yield return new SyncItem.Checkpoint($"{n}");
                }
            }
        }
    }
}
