using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Search;
using AnyFetch.Core.Users;
using AnyFetch.Search.Tests.Indexing;
using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests.Execution;

/// <summary>
/// Corpora of many blocks, windows and segments: what the oracle says, and the same whether bounds save work or not.
/// </summary>
public sealed class LargeCorpusTests
{
    private const int Documents = 6_000;
    private const int OracleQueries = 24;
    private const int PrunedQueries = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Many_segments_and_windows_agree_with_looking_at_every_document(int seed)
    {
        var random = new Random(seed);
        await using var search = new SearchHarness(configure: o => o.FlushMebibytes = 1);
        var live = await FillAsync(search, random);
        if (seed == 2)
            await search.ReopenAsync();
        var oracle = new SearchOracle(live);
        for (var i = 0; i < OracleQueries; i++)
        {
            var request = Request(search, Query(random, 2)) with { IsStrict = i % 3 != 0, Start = i % 2 * 5 };
            var expected = oracle.Search(request);
            var result = await search.Index.SearchAsync(request, CancellationToken.None);
            Assert.True(expected.Count == result.Count, $"{request.Query}: {expected.Count} and {result.Count}");
            var page = expected.Skip(request.Start).Take(request.Limit).ToList();
            Assert.Equal(page.Count, result.Hits.Count);
            for (var hit = 0; hit < page.Count; hit++)
            {
                Assert.True(
                    Math.Abs(page[hit].Score - result.Hits[hit].Score) < 1e-4 * Math.Max(1, page[hit].Score),
                    $"{request.Query}: hit {hit} scores {result.Hits[hit].Score}, not {page[hit].Score}");
            }

            if (page.Count > 0)
                Assert.Equal(expected.Max(e => e.Score), result.MaxScore!.Value, 1e-3);
        }
    }

    [Fact]
    public async Task Bounds_save_work_without_changing_the_answer()
    {
        var random = new Random(3);
        await using var search = new SearchHarness();
        await FillAsync(search, random);
        for (var i = 0; i < PrunedQueries; i++)
        {
            var request = Request(search, Query(random, 3)) with { IsStrict = i % 3 != 0, Limit = 10 };
            var pruned = await search.Index.SearchAsync(request, CancellationToken.None);

            // A page of everything is never full before the end, so everything is scored.
            var all = await search.Index.SearchAsync(request with { Limit = Documents }, CancellationToken.None);

            Assert.True(pruned.Hits.SequenceEqual(all.Hits.Take(10)), request.Query);
            Assert.Equal(all.Count, pruned.Count);
            Assert.Equal(all.MaxScore, pruned.MaxScore);
            Assert.Equal(all.Facets.Types, pruned.Facets.Types);
            Assert.Equal(all.Facets.Months, pruned.Facets.Months);
        }
    }

    [Fact]
    public async Task Pages_of_one_query_follow_one_another_without_gap()
    {
        var random = new Random(4);
        await using var search = new SearchHarness();
        await FillAsync(search, random);
        foreach (var sort in Enum.GetValues<SearchSort>())
        {
            var request = Request(search, "w0 OR w7") with { Sort = sort, Limit = 1_000 };
            var all = await search.Index.SearchAsync(request, CancellationToken.None);
            var pages = new List<SearchHit>();
            for (var start = 0; start < 1_000; start += 50)
            {
                pages.AddRange((await search.Index.SearchAsync(
                    request with { Start = start, Limit = 50 }, CancellationToken.None)).Hits);
            }

            Assert.Equal(all.Hits, pages);
        }
    }

    private static SearchRequest Request(SearchHarness search, string query) => new()
    {
        Company = search.Company, Viewer = search.Viewer, Query = query, Limit = 20,
    };

    private static async Task<List<Document>> FillAsync(SearchHarness search, Random random)
    {
        var live = new Dictionary<DocumentId, Document>();
        var known = new List<Document>();
        while (known.Count < Documents)
        {
            var entries = new List<FeedEntry>();
            for (var i = random.Next(1, 900); i > 0; i--)
            {
                var old = known.Count > 100 && random.Next(10) == 0 ? known[random.Next(known.Count)] : null;
                if (old is not null && random.Next(3) == 0)
                {
                    live.Remove(old.Id);
                    entries.Add(search.Feed.Delete(old));
                    continue;
                }

                var document = Make(search, random, old);
                live[document.Id] = document;
                if (old is null)
                    known.Add(document);
                entries.Add(search.Feed.Put(document));
            }

            await search.ApplyAsync([.. entries]);
        }

        return [.. live.Values];
    }

    private static Document Make(SearchHarness search, Random random, Document? old)
    {
        var starred = random.Next(50) == 0 ? ",\"starred\":true" : "";
        var document = search.Make(
            $$"""{"title":"{{Words(random, 4)}}","text":"{{Words(random, 12)}}"{{starred}}}""",
            created: SearchHarness.Epoch.AddDays(random.Next(1_000)));
        return document with
        {
            Id = old?.Id ?? document.Id,
            UserAccess = random.Next(3) switch { 0 => [search.Viewer], 1 => [new UserId(new(9, 9))], _ => null },
        };
    }

    private static string Query(Random random, int depth)
    {
        var word = Word(random);
        return random.Next(depth > 0 ? 12 : 6) switch
        {
            0 => $"\"{Word(random)} {Word(random)}{(random.Next(3) == 0 ? " " + Word(random) : "")}\"",
            1 => word[..2] + "*",
            2 => "title:" + word,
            3 => "text:" + word,
            6 => $"{Query(random, depth - 1)} AND {Query(random, depth - 1)}",
            7 => $"{Query(random, depth - 1)} OR {Query(random, depth - 1)}",
            8 => $"({Query(random, depth - 1)}) ({Query(random, depth - 1)})",
            9 => $"{Query(random, depth - 1)} -({Query(random, depth - 1)})",
            10 => $"+({Query(random, depth - 1)}) {word}",
            _ => word,
        };
    }

    private static string Words(Random random, int max) =>
        string.Join(' ', Enumerable.Range(0, random.Next(1, max + 1)).Select(_ => Word(random)));

    private static string Word(Random random) => $"w{(int)Math.Pow(400, random.NextDouble()) - 1}";
}
