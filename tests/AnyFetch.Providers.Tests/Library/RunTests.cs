using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Library;

public sealed class RunTests
{
    [Fact]
    public async Task A_run_sends_what_is_listed_and_a_second_one_sends_nothing()
    {
        using var directory = new TempDirectory();
        await using var platform = await FakePlatform.StartAsync();
        var script = new Script();
        script.Yields(
            new SyncItem.Upsert("a") { Version = "1" },
            new SyncItem.Upsert("b") { Version = "1" },
            new SyncItem.ListingComplete(),
            new SyncItem.Checkpoint("c1"));
        await using var host = await TestHost.StartAsync(platform, directory.Path, script);
        await host.AddAccountAsync("T");

        await host.RunAsync("T");
        Assert.Equal(["a", "b"], platform.SentIdentifiers().Order());
        Assert.Equal("c1", (await host.AccountAsync("T")).Cursor);
        Assert.Equal("succeeded", (await host.LastRunAsync("T")).Outcome);

        await host.RunAsync("T");
        Assert.Equal(2, platform.SentIdentifiers().Count);
        Assert.Equal(2, (await host.LastRunAsync("T")).Skipped);
    }
}
