using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Library;

/// <summary>What becomes of single items that fail, at the source or at the core.</summary>
public sealed class ItemFaultTests
{
    private static SyncItem.Upsert Item(string identifier, string? version = "1") => new(identifier) { Version = version };

    private static SyncItem.Upsert[] Items(int count) => [.. Enumerable.Range(0, count).Select(i => Item($"i{i}"))];

    [Fact]
    public async Task A_failing_item_is_tried_six_times_then_listed_and_one_call_tries_it_again()
    {
        await using var scene = await Scene.StartAsync();
        var attempts = new List<int>();
        var broken = true;
        scene.Script.Yields(Item("bad"), Item("good"), new SyncItem.Checkpoint("c1"));
        scene.Script.Fetch = (item, context, _) =>
        {
            if (item.Identifier == "bad")
            {
                attempts.Add(context.Attempt);
            }

            return item.Identifier == "bad" && broken
                ? throw new SourceException(HttpStatusCode.BadGateway, "no")
                : Task.FromResult<FetchResult>(new FetchResult.Send(new DocumentDraft(), null));
        };
        await scene.Host.RunAsync("T");
        Assert.Equal([1, 2, 3, 4, 5, 6], attempts);
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync("T")).Outcome);
        Assert.Equal("c1", (await scene.Host.AccountAsync("T")).Cursor);
        using var reply = await scene.Host.GetAsync("errors?access_token=T&limit=10");
        var entry = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["data"]![0]!;
        Assert.Equal(("bad", "fetch", "Source502", 6, true), (
            (string?)entry["identifier"], (string?)entry["stage"], (string?)entry["code"], (int)entry["attempts"]!,
            (bool)entry["retryable"]!));

        broken = false;
        scene.Script.Yields();
        using var retry = await scene.Host.PostAsync("errors/retry", ("access_token", "T"), ("identifier", "bad"));
        Assert.Equal(HttpStatusCode.Accepted, retry.StatusCode);
        await Eventually.TrueAsync(() => scene.Platform.Documents.Count == 2);
        await scene.Host.IdleAsync("T");
        Assert.Empty(await scene.Host.ErrorsAsync("T"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(409)]
    public async Task A_final_refusal_of_the_core_is_not_repeated_until_the_item_changes(int status)
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields(Item("a"));
        scene.Platform.Intercept = call => call.Key == "POST /documents" ? new ForcedReply(status) : null;
        await scene.Host.RunAsync("T");
        await scene.Host.RunAsync("T");
        Assert.Single(scene.Platform.Of("POST /documents"));
        Assert.False(Assert.Single(await scene.Host.ErrorsAsync("T")).Retryable);
        scene.Platform.Intercept = _ => null;
        scene.Script.Yields(Item("a", "2"));
        await scene.Host.RunAsync("T");
        Assert.Empty(await scene.Host.ErrorsAsync("T"));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_busy_core_costs_no_item_an_attempt(int status)
    {
        await using var scene = await Scene.StartAsync(options =>
        {
            options.Concurrency = 4;
            options.CoreRefusalsMax = 100;
        });
        scene.Script.Yields(Items(30));
        var refusals = 0;
        scene.Platform.Intercept = call => call.Key == "POST /documents" && Interlocked.Increment(ref refusals) <= 40
            ? new ForcedReply(status, "0")
            : null;
        await scene.Host.RunAsync("T", ("documents_per_update", "30"));
        Assert.Equal(30, scene.Platform.Documents.Count);
        Assert.Empty(await scene.Host.ErrorsAsync("T"));
    }

    [Fact]
    public async Task A_core_that_stays_away_fails_the_run_and_the_next_one_sends_everything()
    {
        await using var scene = await Scene.StartAsync(options => options.CoreRefusalsMax = 3);
        scene.Script.Yields([.. Items(5), new SyncItem.Checkpoint("c1")]);
        scene.Platform.Intercept = call => call.Key == "POST /documents" ? new ForcedReply(503) : null;
        await scene.Host.RunAsync("T");
        Assert.Equal("failed", (await scene.Host.LastRunAsync("T")).Outcome);
        scene.Platform.Intercept = _ => null;
        scene.Script.Yields();
        await scene.Host.RunAsync("T");
        Assert.Equal(5, scene.Platform.Documents.Count);
    }

    [Fact]
    public async Task A_run_fails_when_more_than_a_fifth_of_at_least_twenty_items_fail()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Yields(Items(80));
        scene.Script.Fetch = (item, _, _) => int.Parse(item.Identifier[1..], null) % 4 == 0
            ? throw new InvalidOperationException("a bug in the fetcher")
            : Task.FromResult<FetchResult>(new FetchResult.Send(new DocumentDraft(), null));
        await scene.Host.RunAsync("T");
        Assert.Equal("failed", (await scene.Host.LastRunAsync("T")).Outcome);
        Assert.Equal(60, scene.Platform.Documents.Count);
    }

    [Fact]
    public async Task A_large_file_sends_its_metadata_and_an_error_and_is_not_even_opened()
    {
        await using var scene = await Scene.StartAsync(options => options.FileBytesMax = 10);
        scene.Script.Yields(Item("large"), Item("unknown"), Item("small"));
        scene.Script.Fetch = (item, _, _) => Task.FromResult<FetchResult>(new FetchResult.Send(
            new DocumentDraft(),
            new DocumentFile
            {
                Length = item.Identifier == "large" ? 11 : null,
                Open = _ => item.Identifier == "large"
                    ? throw new InvalidOperationException("opened")
                    : ValueTask.FromResult<Stream>(new MemoryStream(new byte[item.Identifier == "small" ? 10 : 500_000])),
            }));
        await scene.Host.RunAsync("T");
        Assert.Equal(3, scene.Platform.Documents.Count);
        Assert.Equal(["small"], scene.Platform.Files.Keys.Select(key => key.Identifier));
        Assert.Equal(["large", "unknown"], (await scene.Host.ErrorsAsync("T")).Select(error => error.Identifier).Order());
        Assert.All(await scene.Host.ErrorsAsync("T"), error => Assert.Equal("TooLarge", error.Code));
    }

    [Fact]
    public async Task A_source_that_breaks_while_its_file_is_read_is_the_sources_fault_and_retried()
    {
        await using var scene = await Scene.StartAsync();
        var opened = 0;
        scene.Script.Yields(Item("a"));
        scene.Script.Fetch = (_, _, _) => Task.FromResult<FetchResult>(new FetchResult.Send(new DocumentDraft(), new DocumentFile
        {
            Length = 100_000,
            Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(new byte[Interlocked.Increment(ref opened) < 3 ? 50_000 : 100_000])),
        }));
        await scene.Host.RunAsync("T");
        Assert.Equal(100_000, Assert.Single(scene.Platform.Files).Value.Length);
        Assert.Equal(3, opened);
    }
}
