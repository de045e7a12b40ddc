using System.Text.Json;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Core.Search;
using AnyFetch.Core.Users;
using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests.Indexing;

/// <summary>
/// Random corpora and queries: the index and the oracle must say the same. <c>ENGINE_TEST_CORPORA=3000</c> makes it as many corpora.
/// </summary>
public sealed class DifferentialTests
{
    private const int QueriesEach = 60;

    private static readonly string[] s_words =
        ["apple", "apples", "pear", "plum", "Plüm", "fig", "e-mail", "email", "red", "green", "getName", "item42", "東京都"];

    private static readonly DocumentTypeId[] s_types = [BuiltInDocumentTypes.File, BuiltInDocumentTypes.Document];

    private static int Corpora =>
        int.TryParse(Environment.GetEnvironmentVariable("ENGINE_TEST_CORPORA"), out var corpora) ? corpora : 150;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Corpora)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_index_agrees_with_looking_at_every_document(int seed)
    {
        var random = new Random(seed);
        await using var search = new SearchHarness();
        var users = new[] { search.Viewer, new UserId(new ObjectId(9, 9)) };
        var live = await FillAsync(search, random, users);
        if (seed % 3 == 0)
            await search.ReopenAsync();
        var oracle = new SearchOracle(live);
        for (var i = 0; i < QueriesEach; i++)
        {
            var request = Request(search, random, live);
            var expected = oracle.Search(request);
            var result = await search.Index.SearchAsync(request, CancellationToken.None);

            var because = $"seed {seed}, query '{request.Query}', strict {request.IsStrict}, sort {request.Sort}";
            Assert.True(result.QueryError is null, because);
            Assert.True(expected.Count == result.Count, $"{because}: {expected.Count} expected, {result.Count} found");
            CheckFacets(expected, live, result);
            CheckPage(expected, request, result, because);
        }
    }

    private static async Task<List<Document>> FillAsync(SearchHarness search, Random random, UserId[] users)
    {
        var live = new Dictionary<DocumentId, Document>();
        for (var batch = random.Next(1, 6); batch > 0; batch--)
        {
            var entries = new List<FeedEntry>();
            for (var i = random.Next(1, 15); i > 0; i--)
            {
                var old = live.Count > 0 && random.Next(3) == 0 ? live.Values.ElementAt(random.Next(live.Count)) : null;
                if (old is not null && random.Next(3) == 0)
                {
                    live.Remove(old.Id);
                    entries.Add(search.Feed.Delete(old));
                    continue;
                }

                var document = Make(search, random, users, old);
                live[document.Id] = document;
                entries.Add(search.Feed.Put(document));
            }

            await search.ApplyAsync([.. entries]);
        }

        return [.. live.Values];
    }

    private static Document Make(SearchHarness search, Random random, UserId[] users, Document? old)
    {
        var fields = new Dictionary<string, object?> { ["text"] = Words(random, 12) };
        if (random.Next(2) == 0)
            fields["title"] = Words(random, 4);
        if (random.Next(3) == 0)
            fields["people"] = new[] { new { name = Words(random, 2) }, new { name = Words(random, 2) } };
        if (random.Next(5) == 0)
            fields["starred"] = true;

        // A change that leaves the metadata alone takes another way through the index.
        var keepsMetadata = old is not null && random.Next(3) == 0;
        var document = search.Make(keepsMetadata ? old!.Metadata.ToString() : JsonSerializer.Serialize(fields));
        return document with
        {
            Id = old?.Id ?? document.Id,
            Type = keepsMetadata ? old!.Type : s_types[random.Next(2)],
            Provider = new AccessTokenId(new ObjectId(1, (ulong)random.Next(3))),
            CreationDate = SearchHarness.Epoch.AddDays(random.Next(100)),
            ModificationDate = SearchHarness.Epoch.AddDays(random.Next(5)),
            UserAccess = random.Next(4) switch { 0 => [], 1 => [users[0]], 2 => users[1..], _ => null },
        };
    }

    private static SearchRequest Request(SearchHarness search, Random random, List<Document> live) => new()
    {
        Company = search.Company,
        Viewer = search.Viewer,
        Query = random.Next(8) == 0 ? null : Query(random, 3),
        IsStrict = random.Next(2) == 0,
        Types = random.Next(4) == 0 ? [s_types[random.Next(2)]] : null,
        Providers = random.Next(4) == 0 ? [new AccessTokenId(new ObjectId(1, 1)), new AccessTokenId(new ObjectId(1, 7))] : null,
        Ids = random.Next(6) == 0 ? [.. live.Where(_ => random.Next(2) == 0).Select(d => d.Id)] : null,
        After = random.Next(4) == 0 ? SearchHarness.Epoch.AddDays(random.Next(60)) : null,
        Before = random.Next(4) == 0 ? SearchHarness.Epoch.AddDays(random.Next(40, 100)) : null,
        Start = random.Next(3) == 0 ? random.Next(10) : 0,
        Limit = random.Next(3) == 0 ? random.Next(8) : 100,
        Sort = (SearchSort)random.Next(3),
        IsReversed = random.Next(2) == 0,
    };

    private static string Query(Random random, int depth)
    {
        var word = s_words[random.Next(s_words.Length)];
        return random.Next(depth > 0 ? 14 : 8) switch
        {
            0 => $"\"{Words(random, 2)}\"",
            1 => word[..2] + "*",
            2 => "title:" + word,
            3 => "text:" + word,
            4 => "people.name:" + word,
            5 => word.Length > 3 && char.IsAscii(word[0]) ? word + "~" : word,
            6 => word.Length == 5 ? word[..2] + "?" + word[3..] : word,
            8 => $"{Query(random, depth - 1)} AND {Query(random, depth - 1)}",
            9 => $"{Query(random, depth - 1)} OR {Query(random, depth - 1)}",
            10 => $"({Query(random, depth - 1)}) ({Query(random, depth - 1)})",
            11 => $"{Query(random, depth - 1)} -({Query(random, depth - 1)})",
            12 => $"+({Query(random, depth - 1)}) {word}",
            13 => "NOT " + word,
            _ => word,
        };
    }

    private static string Words(Random random, int max) =>
        string.Join(' ', Enumerable.Range(0, random.Next(1, max + 1)).Select(_ => s_words[random.Next(s_words.Length)]));

    private static void CheckPage(
        List<(DocumentId Id, double Score)> expected, SearchRequest request, SearchResult result, string because)
    {
        var page = expected.Skip(request.Start).Take(request.Limit).ToList();
        Assert.True(page.Count == result.Hits.Count, because);
        var scores = expected.ToDictionary(e => e.Id, e => e.Score);
        for (var i = 0; i < page.Count; i++)
        {
            Assert.True(scores.ContainsKey(result.Hits[i].Id), because);
            Assert.True(IsSame(scores[result.Hits[i].Id], result.Hits[i].Score), because + ": another score");

            // Where scores differ by less than rounding, either may come first.
            Assert.True(
                page[i].Id == result.Hits[i].Id
                    || request.Sort == SearchSort.Score && IsSame(page[i].Score, result.Hits[i].Score),
                $"{because}: hit {i} is another");
        }

        if (expected.Count > 0)
            Assert.True(IsSame(expected.Max(e => e.Score), result.MaxScore!.Value), because);
        else
            Assert.Null(result.MaxScore);
    }

    /// <summary>Up to the rounding of the index's shorter numbers.</summary>
    private static bool IsSame(double expected, double found) => Math.Abs(expected - found) < 1e-4 * Math.Max(1, expected);

    private static void CheckFacets(
        List<(DocumentId Id, double Score)> expected, List<Document> live, SearchResult result)
    {
        var byId = live.ToDictionary(d => d.Id);
        var found = expected.Select(e => byId[e.Id]).ToList();
        Assert.Equal(Facets(found, d => d.Type), result.Facets.Types.OrderBy(f => f.Value.ToString(), StringComparer.Ordinal));
        Assert.Equal(Facets(found, d => d.Provider), result.Facets.Providers.OrderBy(f => f.Value.ToString(), StringComparer.Ordinal));
        Assert.Equal(
            Facets(found, d => new DateTimeOffset(d.CreationDate.Year, d.CreationDate.Month, 1, 0, 0, 0, TimeSpan.Zero)),
            result.Facets.Months);
        Assert.Equal(result.Facets.Types.Select(f => f.Count).OrderDescending(), result.Facets.Types.Select(f => f.Count));
    }

    private static IEnumerable<Facet<T>> Facets<T>(List<Document> found, Func<Document, T> value) =>
        found.GroupBy(value)
            .OrderBy(g => g.Key is DateTimeOffset month ? month.Ticks : 0)
            .ThenBy(g => g.Key!.ToString(), StringComparer.Ordinal)
            .Select(g => new Facet<T>(g.Key, g.Count(), g.Max(d => d.ModificationDate)));
}
