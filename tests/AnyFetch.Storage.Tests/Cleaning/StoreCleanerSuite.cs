using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Locks;
using AnyFetch.Core.Queue;
using AnyFetch.Storage.Cleaning;
using AnyFetch.Storage.Tests.Stores;
using AnyFetch.Testing;
using Microsoft.Extensions.Hosting;

namespace AnyFetch.Storage.Tests.Cleaning;

public abstract class StoreCleanerSuite(StoreHost host) : StoreSuite(host)
{
    private string Queue => $"queue-{Company}";

    private IChangeFeed Feed => Host.Get<IChangeFeed>();

    [Fact]
    public async Task Deletions_of_long_ago_are_forgotten_and_the_horizon_tells_how_far()
    {
        await AddCompanyAsync();
        Assert.Equal(FeedPosition.Start, await Feed.GetHorizonAsync(Company, None));
        var kept = await Host.PutAsync(NewDocument("kept"));
        await DeleteSomeAsync(7, "old");
        var last = (await ReadFeedAsync(8))[^1].Position;
        Host.Time.Advance(TimeSpan.FromDays(29));
        await CleanAsync();
        Assert.Equal(8, (await ReadFeedAsync(8)).Count);
        await DeleteSomeAsync(2, "young");

        Host.Time.Advance(TimeSpan.FromDays(1.5));
        await CleanUntilAsync(async () => (await ReadFeedAsync(0)).Count == 3);

        var left = await ReadFeedAsync(3);
        Assert.Equal(kept.Id, left[0].Id);
        Assert.Equal(2, left.Count(entry => entry.Document is null));
        Assert.Equal(last, await Feed.GetHorizonAsync(Company, None));
        Assert.True(await Feed.GetHorizonAsync(null, None) >= last);
        Assert.Equal(FeedPosition.Start, await Feed.GetHorizonAsync(StoreHost.NewCompany(), None));
        await Host.Get<ICompanyStore>().RemoveAsync(Company, None);
        Assert.Equal(FeedPosition.Start, await Feed.GetHorizonAsync(Company, None));
    }

    [Fact]
    public async Task A_document_that_was_deleted_again_is_remembered_from_then()
    {
        await AddCompanyAsync();
        var document = await Host.PutAsync(NewDocument("twice"));
        await Host.DeleteAsync(document);
        Host.Time.Advance(TimeSpan.FromDays(20));
        await Host.PutAsync(document);
        await Host.DeleteAsync(document);
        Host.Time.Advance(TimeSpan.FromDays(20));
        await CleanAsync();
        var position = Assert.Single(await ReadFeedAsync(1)).Position;
        Assert.Equal(FeedPosition.Start, await Feed.GetHorizonAsync(Company, None));
        Host.Time.Advance(TimeSpan.FromDays(20));
        await CleanUntilAsync(async () => (await ReadFeedAsync(0)).Count == 0);
        Assert.Equal(position, await Feed.GetHorizonAsync(Company, None));
    }

    [Fact]
    public async Task Jobs_that_were_given_up_long_ago_are_forgotten()
    {
        await BuryAsync("a", "b", "c", "d", "e");
        Host.Time.Advance(TimeSpan.FromDays(20));
        await BuryAsync("young");
        await CleanAsync();
        Assert.Equal(6, (await ListDeadAsync()).Count);
        Host.Time.Advance(TimeSpan.FromDays(11));
        await CleanAsync();
        Assert.Equal("young", Assert.Single(await ListDeadAsync()).Key.Name);
    }

    [Fact]
    public async Task One_node_cleans_at_a_time()
    {
        await BuryAsync("a");
        Host.Time.Advance(TimeSpan.FromDays(31));
        var locks = Host.Get<ILockStore>();
        Assert.True(await locks.TryAcquireAsync("store-cleaner", "another", TimeSpan.FromMinutes(1), None));
        await CleanAsync();
        Assert.Single(await ListDeadAsync());
        await locks.ReleaseAsync("store-cleaner", "another", None);
        await CleanAsync();
        Assert.Empty(await ListDeadAsync());
        Assert.True(await locks.TryAcquireAsync("store-cleaner", "another", TimeSpan.FromMinutes(1), None));
        await locks.ReleaseAsync("store-cleaner", "another", None);
    }

    private ValueTask CleanAsync() =>
        Host.Get<IEnumerable<IHostedService>>().OfType<StoreCleaner>().Single().CleanAsync(None);

    /// <summary>Another test's open transaction holds the feed back, and what is not complete is not forgotten.</summary>
    private Task CleanUntilAsync(Func<Task<bool>> condition) => Eventually.TrueAsync(async () =>
    {
        await CleanAsync();
        return await condition();
    });

    private async Task AddCompanyAsync() => Assert.True(await Host.Get<ICompanyStore>().AddAsync(
        new Company { Id = Company, Name = $"company {Company}", Hydraters = [] }, None));

    private async Task DeleteSomeAsync(int count, string prefix)
    {
        for (var number = 0; number < count; number++)
        {
            await Host.DeleteAsync(await Host.PutAsync(NewDocument($"{prefix} {number}")));
        }
    }

    private async Task BuryAsync(params string[] names)
    {
        var queue = Host.Get<IWorkQueue>();
        await queue.AddAsync([.. names.Select(name => new NewJob(new JobKey(Queue, Company, name), "{}"))], None);
        foreach (var job in await queue.LeaseAsync(Queue, 10, TimeSpan.FromMinutes(1), None))
        {
            Assert.True(await queue.BuryAsync(job, "It never worked.", None));
        }
    }

    private ValueTask<IReadOnlyList<DeadJob>> ListDeadAsync() =>
        Host.Get<IWorkQueue>().ListDeadAsync(Queue, null, 100, None);
}
