using AnyFetch.Core.Companies;
using AnyFetch.Core.Ids;
using AnyFetch.Search.Following;
using AnyFetch.Search.Tests.Support;
using AnyFetch.Testing;

namespace AnyFetch.Search.Tests.Following;

public sealed class SearchFollowerTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly TestFeed _feed = new();
    private readonly CompanyId _one = new(ObjectId.New(SearchHarness.Epoch));
    private readonly CompanyId _two = new(ObjectId.New(SearchHarness.Epoch));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Changes_are_found_soon_after_they_stand_in_the_feed()
    {
        await using var search = await StartAsync();
        var document = FollowerHarness.Make(_one, "first");
        _feed.Put(document);
        _feed.Put(FollowerHarness.Make(_two, "other"));
        await Eventually.TrueAsync(async () => await search.CountAsync(_one, "first") == 1);
        await Eventually.TrueAsync(async () => await search.CountAsync(_two) == 1);

        _feed.Put(FollowerHarness.Make(_one, "second", document.Id));
        await Eventually.TrueAsync(async () => await search.CountAsync(_one, "second") == 1);
        Assert.Equal(0, await search.CountAsync(_one, "first"));

        _feed.Delete(document);
        await Eventually.TrueAsync(async () => await search.CountAsync(_one) == 0);
        Assert.Equal(1, await search.CountAsync(_two));
    }

    [Fact]
    public async Task Changes_between_a_first_search_and_the_start_of_the_stream_are_not_missed()
    {
        await using var search = new FollowerHarness(_directory.Path, _feed, [_one, _two], AwaitsFirstSearch);
        Fill(_one, 5);
        Assert.Equal(5, await search.CountAsync(_one));
        Fill(_one, 5);

        await search.StartAsync();

        await Eventually.TrueAsync(async () => await search.CountAsync(_one) == 10);
    }

    [Fact]
    public async Task A_restart_resumes_where_the_index_was()
    {
        await using (var before = await StartAsync())
        {
            Fill(_one, 50);
            await Eventually.TrueAsync(async () => await before.CountAsync(_one) == 50);
        }

        Fill(_one, 25);
        await using var after = await StartAsync(AwaitsFirstSearch);
        Assert.Equal(75, await after.CountAsync(_one));
    }

    [Fact]
    public async Task A_missing_index_is_built_from_the_feed_while_others_continue()
    {
        await using (var before = await StartAsync())
        {
            Fill(_one, 200);
            Fill(_two, 10);
            await Eventually.TrueAsync(async () => await before.CountAsync(_one) == 200);
            await Eventually.TrueAsync(async () => await before.CountAsync(_two) == 10);
        }

        Directory.Delete(Path.Combine(_directory.Path, _one.ToString()), recursive: true);
        await using var after = await StartAsync();
        Fill(_two, 1);
        await Eventually.TrueAsync(async () => await after.CountAsync(_two) == 11);
        await Eventually.TrueAsync(async () => await after.CountAsync(_one) == 200);
    }

    [Fact]
    public async Task An_index_of_another_feed_is_built_again()
    {
        await using (var before = await StartAsync())
        {
            Fill(_one, 5);
            await Eventually.TrueAsync(async () => await before.CountAsync(_one) == 5);
        }

        var other = new TestFeed { Name = "other store" };
        other.Put(FollowerHarness.Make(_one, "only"));
        await using var after = new FollowerHarness(_directory.Path, other, [_one]);
        await after.StartAsync();
        await Eventually.TrueAsync(async () => await after.CountAsync(_one) == 1);
    }

    [Fact]
    public async Task A_deleted_index_comes_back_with_what_the_feed_still_has()
    {
        await using var search = await StartAsync();
        Fill(_one, 20);
        await Eventually.TrueAsync(async () => await search.CountAsync(_one) == 20);

        await search.Index.DeleteAsync(_one, CancellationToken.None);
        Fill(_one, 1);
        await Eventually.TrueAsync(async () => await search.CountAsync(_one) == 21);
    }

    [Fact]
    public async Task Reindexing_keeps_answering_and_drops_what_was_retired()
    {
        await using var search = await StartAsync(o => o.BatchEntriesMax = 10);
        Fill(_one, 30);
        await Eventually.TrueAsync(async () => await search.CountAsync(_one) == 30);
        var reports = new List<ReindexProgress>();

        var count = await search.Reindexer.ReindexAsync(_one, new Reports(reports), CancellationToken.None);

        Assert.Equal(30, count);
        Assert.Equal([10, 20, 30], reports.Select(r => r.Documents));
        Assert.Equal(30, await search.CountAsync(_one));
        Fill(_one, 1);
        await Eventually.TrueAsync(async () => await search.CountAsync(_one) == 31);
    }

    [Fact]
    public async Task A_document_that_changes_often_stands_in_the_index_once()
    {
        await using var search = await StartAsync();
        var document = FollowerHarness.Make(_one, "start");
        for (var i = 0; i <= 300; i++)
        {
            _feed.Put(FollowerHarness.Make(_one, $"version{i}", document.Id));
            await Eventually.TrueAsync(async () => await search.CountAsync(_one, $"version{i}") == 1);
        }

        Assert.Equal(1, await search.CountAsync(_one));
    }

    [Fact]
    public async Task A_broken_feed_is_tried_again()
    {
        _feed.Failure = new IOException("The store is away.");
        await using var search = await StartAsync();
        Fill(_one, 3);
        Assert.Equal(0, await search.CountAsync(_one));

        _feed.Failure = null;
        await Eventually.TrueAsync(async () => await search.CountAsync(_one) == 3);
    }

    [Fact]
    public async Task The_index_of_a_company_that_is_gone_is_deleted()
    {
        await using (var before = await StartAsync())
        {
            Fill(_one, 1);
            await Eventually.TrueAsync(async () => await before.CountAsync(_one) == 1);
        }

        await using var after = new FollowerHarness(_directory.Path, _feed, [_two]);
        await after.StartAsync();
        await Eventually.TrueAsync(() => !Directory.Exists(Path.Combine(_directory.Path, _one.ToString())));
    }

    [Fact]
    public async Task A_deletion_that_the_feed_forgot_while_the_follower_was_away_is_not_missed()
    {
        var gone = FollowerHarness.Make(_one, "gone");
        await using (var before = await StartAsync())
        {
            _feed.Put(gone);
            Fill(_one, 20);
            Fill(_two, 1);
            await Eventually.TrueAsync(async () => await before.CountAsync(_one) == 21);
            await Eventually.TrueAsync(async () => await before.CountAsync(_two) == 1);
        }

        _feed.Delete(gone);
        _feed.Prune();
        await using (var after = await StartAsync(o => o.BatchEntriesMax = 5))
        {
            await Eventually.TrueAsync(async () => await after.CountAsync(_one) == 20);
            Assert.Equal(0, await after.CountAsync(_one, "gone"));
            Fill(_one, 1);
            await Eventually.TrueAsync(async () => await after.CountAsync(_one) == 21);
            Assert.Equal(1, await after.CountAsync(_two));
        }
    }

    [Fact]
    public async Task A_company_whose_last_change_was_a_forgotten_deletion_is_at_the_feeds_end()
    {
        var gone = FollowerHarness.Make(_one, "gone");
        _feed.Put(gone);
        Fill(_one, 1);
        _feed.Delete(gone);
        _feed.Prune();
        for (var start = 0; start < 2; start++)
        {
            await using var search = await StartAsync();
            await Eventually.TrueAsync(async () => await search.CountAsync(_one) == 1);

            // Reading on from there is what finds the end.
            await Eventually.TrueAsync(async () =>
                await search.Index.GetPositionAsync(_one, _feed.Name, CancellationToken.None)
                    == await _feed.GetHorizonAsync(_one, CancellationToken.None));
            Assert.Equal(1, await search.CountAsync(_one));
        }
    }

    [Fact]
    public async Task A_node_that_stood_still_while_deletions_were_forgotten_looks_at_each_company_again()
    {
        var gone = FollowerHarness.Make(_one, "gone");
        await using var search = await StartAsync();
        _feed.Put(gone);
        Fill(_one, 2);
        await Eventually.TrueAsync(async () => await search.CountAsync(_one) == 3);

        _feed.Failure = new IOException("The store is away.");
        _feed.Delete(gone);
        _feed.Prune();
        Fill(_one, 2);
        _feed.Failure = null;

        await Eventually.TrueAsync(async () => await search.CountAsync(_one) == 4);
        Assert.Equal(0, await search.CountAsync(_one, "gone"));
    }

    private async Task<FollowerHarness> StartAsync(Action<SearchOptions>? configure = null)
    {
        var search = new FollowerHarness(_directory.Path, _feed, [_one, _two], configure);
        await search.StartAsync();
        return search;
    }

    /// <summary>A first search answers from what there is after a moment, and a slow machine takes longer than that.</summary>
    private static void AwaitsFirstSearch(SearchOptions options) => options.FirstSearchMillisecondsMax = 60_000;

    private void Fill(CompanyId company, int count)
    {
        for (var i = 0; i < count; i++)
            _feed.Put(FollowerHarness.Make(company, $"document {i}"));
    }

    private sealed class Reports(List<ReindexProgress> reports) : IProgress<ReindexProgress>
    {
        public void Report(ReindexProgress value) => reports.Add(value);
    }
}
