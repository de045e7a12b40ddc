using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Json;
using AnyFetch.Core.Search;
using AnyFetch.Search.Tests.Support;
using AnyFetch.Testing;

namespace AnyFetch.Search.Tests.Commits;

/// <summary>A document that cannot be indexed is left out and told of; the others do not wait for it.</summary>
public sealed class SetAsideTests : IAsyncLifetime
{
    private readonly SearchHarness _search = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _search.DisposeAsync().AsTask();

    [Fact]
    public async Task A_document_that_fails_stops_neither_its_batch_nor_what_follows()
    {
        var broken = Broken(_search.Make("{}"));
        await _search.ApplyAsync(Put("before"), _search.Feed.Put(broken), Put("beside"));
        await _search.ApplyAsync(Put("after"));

        Assert.Single(await _search.FindAsync("before"));
        Assert.Single(await _search.FindAsync("beside"));
        Assert.Single(await _search.FindAsync("after"));
        Assert.Empty(await _search.FindAsync("whole"));
        Assert.Equal(3, (await _search.SearchAsync(null)).Count);
        var told = Assert.Single((await DescribeAsync()).Unindexed);
        Assert.Equal(broken.Id, told.Id);
        Assert.StartsWith("JsonReaderException: ", told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_out_is_not_found_by_what_it_was_before()
    {
        var document = _search.Make("""{"title":"former"}""");
        await _search.AddAsync(document);

        await _search.ApplyAsync(_search.Feed.Put(Broken(document)));

        Assert.Empty(await _search.FindAsync("former"));
        Assert.Empty(await _search.FindAsync(null));
    }

    [Fact]
    public async Task A_restart_forgets_none_of_them()
    {
        var broken = Broken(_search.Make("{}"));
        await _search.ApplyAsync(_search.Feed.Put(broken));

        await _search.ReopenAsync();

        Assert.Equal(broken.Id, Assert.Single((await DescribeAsync()).Unindexed).Id);
        Assert.Equal(1, _search.Registry.Statistics.SetAside);
    }

    [Fact]
    public async Task One_that_changes_or_goes_is_set_aside_no_longer()
    {
        var first = Broken(_search.Make("{}"));
        var second = Broken(_search.Make("{}"));
        await _search.ApplyAsync(_search.Feed.Put(first), _search.Feed.Put(second));
        Assert.Equal(2, (await DescribeAsync()).Unindexed.Count);

        await _search.AddAsync(first with { Metadata = JsonFields.FromText("""{"title":"repaired"}""") });
        await _search.DeleteAsync(second);

        Assert.Equal([first.Id], await _search.FindAsync("repaired"));
        Assert.Empty((await DescribeAsync()).Unindexed);
    }

    [Fact]
    public async Task A_company_with_such_a_document_is_followed_and_built_anew_all_the_same()
    {
        using var directory = new TempDirectory();
        var feed = new TestFeed();
        feed.Put(FollowerHarness.Make(_search.Company, "first"));
        feed.Put(Broken(FollowerHarness.Make(_search.Company, "x")));
        await using var search = new FollowerHarness(directory.Path, feed, [_search.Company]);
        await search.StartAsync();
        await Eventually.TrueAsync(async () => await search.CountAsync(_search.Company) == 1);

        feed.Put(FollowerHarness.Make(_search.Company, "second"));
        await Eventually.TrueAsync(async () => await search.CountAsync(_search.Company, "second") == 1);

        Assert.Equal(2, await search.Reindexer.ReindexAsync(_search.Company, null, CancellationToken.None));
        Assert.Single((await search.Index.DescribeAsync(_search.Company, CancellationToken.None)).Unindexed);
    }

    /// <summary>What a store with a fault might hand out: metadata that ends too early.</summary>
    private static Document Broken(Document document) =>
        document with { Metadata = JsonFields.FromTrusted("""{"title":"whole","text":"""u8.ToArray()) };

    private FeedEntry Put(string title) => _search.Feed.Put(_search.Make($$"""{"title":"{{title}}"}"""));

    private ValueTask<SearchIndexState> DescribeAsync() =>
        _search.Index.DescribeAsync(_search.Company, CancellationToken.None);
}
