using AnyFetch.Core.Companies;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Ids;
using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests.Companies;

/// <summary>What thousands of indexes hold only in memory is bounded for all of them together.</summary>
public sealed class UnflushedMemoryTests
{
    private const int Companies = 60;
    private const int DocumentsEach = 150;

    [Fact]
    public async Task Many_indexes_together_keep_no_more_in_memory_than_the_budget()
    {
        await using var search = new SearchHarness(configure: o =>
        {
            o.UnflushedMebibytesMax = 1;
            o.FlushSeconds = 3_600;
        });
        var companies = Enumerable.Range(0, Companies).Select(_ => new CompanyId(ObjectId.New(SearchHarness.Epoch))).ToList();
        var each = 0L;
        foreach (var company in companies)
        {
            await search.Index.ApplyAsync(company, Documents(search, company), CancellationToken.None);

            // Later ones are written while earlier ones are flushed.
            each = each == 0 ? search.Registry.UnflushedBytes : each;
        }

        // Without a budget all of it would stay: no index alone comes near to its own bound.
        Assert.InRange(each, 1, (1 << 20) - 1);
        Assert.True(each * Companies > 2 << 20, $"Only {each * Companies} bytes were written.");
        await UntilAsync(() =>
        {
            search.Registry.Trim();
            return search.Registry.UnflushedBytes <= 1 << 20;
        });
        foreach (var company in companies)
            Assert.Equal(DocumentsEach, (await search.SearchAsync("plan", r => r with { Company = company })).Count);
    }

    [Fact]
    public async Task Closing_an_index_gives_its_part_of_the_budget_back()
    {
        await using var search = new SearchHarness();
        await search.Index.ApplyAsync(search.Company, Documents(search, search.Company), CancellationToken.None);
        Assert.True(search.Registry.UnflushedBytes > 0);

        await search.Registry.CloseAsync(search.Company);
        Assert.Equal(0, search.Registry.UnflushedBytes);
        Assert.Equal(DocumentsEach, (await search.SearchAsync("plan")).Count);

        await search.Registry.DeleteAsync(search.Company);
        Assert.Equal(0, search.Registry.UnflushedBytes);
    }

    private static FeedEntry[] Documents(SearchHarness search, CompanyId company)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, DocumentsEach).Select(_ =>
        {
            var text = string.Join(' ', Enumerable.Range(0, 120).Select(_ => $"w{random.Next(5_000)}"));
            return search.Feed.Put(search.Make($$"""{"title":"plan","text":"{{text}}"}""") with { Company = company });
        })];
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 600, "It did not come so far in a minute.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }
}
