using AnyFetch.Core.Feed;
using AnyFetch.Core.Locks;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.Sqlite;
using AnyFetch.Storage.Tests.Stores;
using AnyFetch.Testing;

namespace AnyFetch.Storage.Tests.Sqlite;

public sealed class StoreHoldTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_store_that_another_process_works_with_is_refused()
    {
        using var directory = new TempDirectory();
        var options = new StorageOptions { DataDirectory = directory.Path };
        await using (var first = new StoreHost(options))
        {
            first.Get<IChangeFeed>();
            await using var second = new StoreHost(options);
            var refusal = Assert.Throws<StoreInUseException>(second.Get<IChangeFeed>);
            Assert.Contains(directory.Path, refusal.Message, StringComparison.Ordinal);
        }

        await using var third = new StoreHost(options);
        third.Get<IChangeFeed>();
    }

    [Fact]
    public async Task What_a_process_held_when_it_ended_is_free_at_the_next_start()
    {
        using var directory = new TempDirectory();
        var options = new StorageOptions { DataDirectory = directory.Path };
        var job = new NewJob(new JobKey("work", StoreHost.NewCompany(), "a"), "{}");
        await using (var first = new StoreHost(options))
        {
            await first.Get<IWorkQueue>().AddAsync([job], CancellationToken.None);
            Assert.Single(await LeaseAsync(first));
            Assert.True(await first.Get<ILockStore>().TryAcquireAsync("one", "first", s_hour, CancellationToken.None));
        }

        await using var second = new StoreHost(options);
        Assert.Equal(2, Assert.Single(await LeaseAsync(second)).Attempts);
        Assert.True(await second.Get<ILockStore>().TryAcquireAsync("one", "second", s_hour, CancellationToken.None));
    }

    private static async Task<IReadOnlyList<Job>> LeaseAsync(StoreHost host) =>
        await host.Get<IWorkQueue>().LeaseAsync("work", 10, s_hour, CancellationToken.None);
}
