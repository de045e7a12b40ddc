using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Search;
using AnyFetch.Core.Users;
using AnyFetch.Search.Similarity;
using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests.Similarity;

/// <summary>Documents like another one: which, in what order, by what keywords, and what nobody may learn from them.</summary>
public sealed class SimilarTests : IAsyncLifetime
{
    private readonly SearchHarness _search = new();
    private readonly UserId _other = new(ObjectId.New(SearchHarness.Epoch));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _search.DisposeAsync().AsTask();

    [Fact]
    public async Task The_most_alike_come_first_and_the_source_not_at_all()
    {
        var source = await PutAsync("""{"title":"Turbine maintenance","text":"bearing vibration report of the turbine"}""");
        var near = await _search.AddAsync("""{"title":"Turbine vibration","text":"a bearing and its maintenance"}""");
        var far = await _search.AddAsync("""{"title":"Holiday plans","text":"a report from the beach"}""");
        await _search.AddAsync("""{"title":"Cooking","text":"soup and bread"}""");

        var similar = await SimilarAsync(source);

        Assert.Equal([near, far], similar.Found.Hits.Select(h => h.Id));
        Assert.Equal(2, similar.Found.Count);
        Assert.Equal(similar.Found.Hits[0].Score, similar.Found.MaxScore);
        Assert.Equal(2, similar.Found.Facets.Types.Sum(f => f.Count));
        Assert.Contains("Turbine", similar.Keywords);
        Assert.Contains("bearing", similar.Keywords);
        Assert.DoesNotContain("the", similar.Keywords);
        Assert.DoesNotContain("of", similar.Keywords);
    }

    [Fact]
    public async Task What_most_documents_have_is_no_keyword_and_what_none_has_stands_last()
    {
        for (var i = 0; i < 30; i++)
            await _search.AddAsync($$"""{"title":"meeting {{(i < 2 ? "pelican" : "notes")}}"}""");
        var source = await PutAsync("""{"title":"meeting pelican unheardof"}""");

        var similar = await SimilarAsync(source);

        Assert.Equal(["pelican", "unheardof"], similar.Keywords);
        Assert.Equal(2, similar.Found.Count);
    }

    [Fact]
    public async Task Names_addresses_and_urls_stay_whole()
    {
        var source = _search.Make("""
            {"subject":"Offer",
             "from":[{"name":"Marie Claire Dupont","address":"marie.dupont@example.org"}],
             "text":"See https://www.example.org/offers/2014, or write to (sales@example.com). Call 06 12 34 56 78."}
            """, BuiltInDocumentTypes.Email);
        await _search.AddAsync(source);
        await _search.AddAsync("""{"title":"Dupont and Marie","text":"example org offers 2014"}""");
        var named = await _search.AddAsync("""{"title":"about Marie Claire Dupont"}""");
        var written = await _search.AddAsync("""{"text":"ask sales@example.com"}""");
        var called = await _search.AddAsync("""{"text":"0612345678"}""");
        var linked = await _search.AddAsync("""{"text":"at https://www.example.org/offers/2014 you find"}""");

        var similar = await SimilarAsync(source);

        Assert.Equivalent(new[] { named, written, called }, similar.Found.Hits.Select(h => h.Id).Where(id => id != linked));
        Assert.Contains(linked, similar.Found.Hits.Select(h => h.Id));
        string[] wholes =
        [
            "Marie Claire Dupont", "marie.dupont@example.org", "https://www.example.org/offers/2014", "sales@example.com",
            "06 12 34 56 78",
        ];
        Assert.All(wholes, whole => Assert.Contains(whole, similar.Keywords));
        Assert.DoesNotContain("Marie", similar.Keywords);
        Assert.DoesNotContain("example", similar.Keywords);
    }

    [Fact]
    public async Task Dates_pictures_and_exact_values_are_no_keywords()
    {
        var source = await PutAsync("""
            {"title":"heron","hash":"abcdef","thumb":"data:image/png;base64,iVBORw0KGgo","taken":"2014-05-01T10:00:00Z",
             "count":12345,"starred":true,"year":"2014"}
            """);

        Assert.Equal(["heron"], (await SimilarAsync(source)).Keywords);
    }

    [Fact]
    public async Task Nothing_of_a_hidden_document_counts()
    {
        for (var i = 0; i < 5; i++)
            await _search.AddAsync("""{"title":"heron egret"}""");
        var source = await PutAsync("""{"title":"heron egret ibis stork"}""");
        var before = await SimilarAsync(source);

        for (var i = 0; i < 8; i++)
        {
            await _search.AddAsync(_search.Make("""{"title":"stork egret"}""") with { UserAccess = [_other] });
            await _search.AddAsync(_search.Make("""{"title":"stork ibis"}""") with { UserAccess = [] });
        }

        var after = await SimilarAsync(source);

        Assert.Equal(before.Keywords, after.Keywords);
        Assert.Equal(5, after.Found.Count);
        Assert.Equal(before.Found.Hits.Select(h => h.Id), after.Found.Hits.Select(h => h.Id));
        Assert.Equivalent(before.Found.Facets, after.Found.Facets);
        var theirs = await SimilarAsync(source, r => r with { Viewer = _other });
        Assert.Equal(13, theirs.Found.Count);
    }

    [Fact]
    public async Task A_query_and_filters_narrow_without_changing_scores()
    {
        var source = await PutAsync("""{"title":"heron marsh"}""");
        var wanted = await _search.AddAsync("""{"title":"heron marsh","text":"spring"}""");
        await _search.AddAsync("""{"title":"heron","text":"autumn"}""");
        await _search.AddAsync("""{"title":"marsh"}""", BuiltInDocumentTypes.File);

        var all = await SimilarAsync(source);
        var narrowed = await SimilarAsync(source, r => r with { Query = "spring" });
        var typed = await SimilarAsync(source, r => r with { Types = [BuiltInDocumentTypes.File] });

        Assert.Equal(3, all.Found.Count);
        Assert.Equal([all.Found.Hits.Single(h => h.Id == wanted)], narrowed.Found.Hits);
        Assert.Equal(1, narrowed.Found.Count);
        Assert.Equal(all.Keywords, narrowed.Keywords);
        Assert.Equal(1, typed.Found.Count);
        Assert.NotNull((await SimilarAsync(source, r => r with { Query = "(\"hello" })).Found.QueryError);
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        var source = await PutAsync("""{"title":"heron"}""");
        for (var i = 0; i < 25; i++)
            await _search.AddAsync("""{"title":"heron"}""");

        var all = (await SimilarAsync(source, r => r with { Limit = 100 })).Found.Hits;
        var page = await SimilarAsync(source, r => r with { Start = 10, Limit = 10, Sort = SearchSort.CreationDate });

        Assert.Equal(25, all.Count);
        Assert.Equal(all.Skip(10).Take(10), page.Found.Hits);
        Assert.Equal(25, page.Found.Count);
        Assert.Empty((await SimilarAsync(source, r => r with { Limit = 0 })).Found.Hits);
    }

    [Fact]
    public async Task A_document_without_words_and_one_that_is_not_indexed_yet_are_answered()
    {
        await _search.AddAsync("""{"title":"heron"}""");

        var empty = await SimilarAsync(_search.Make("{}"));
        var unknown = await SimilarAsync(_search.Make("""{"title":"heron"}"""));

        Assert.Empty(empty.Keywords);
        Assert.Equal(0, empty.Found.Count);
        Assert.Null(empty.Found.MaxScore);
        Assert.Equal(1, unknown.Found.Count);
    }

    [Fact]
    public async Task Keywords_and_what_is_read_for_them_are_bounded()
    {
        var words = string.Join(' ', Enumerable.Range(0, 60_000).Select(i => $"word{i}x"));
        await _search.AddAsync($$"""{"text":"{{words}}"}""");
        var source = await PutAsync($$"""{"text":"{{words}} lastofall"}""");

        var similar = await SimilarAsync(source);

        Assert.Equal(SimilarRequest.KeywordsMax, similar.Keywords.Count);
        Assert.Equal(1, similar.Found.Count);
        Assert.Equal(SourceTerms.CandidatesMax, SourceTerms.Read(source, Mapping.MappingReader.Default).Count);
        Assert.DoesNotContain("lastofall", similar.Keywords);
    }

    [Fact]
    public async Task A_term_that_is_too_frequent_to_count_is_estimated()
    {
        for (var i = 0; i < 6_000; i += 1_000)
            await _search.ApplyAsync([.. Enumerable.Range(i, 1_000).Select(Entry)]);
        var source = _search.Make("""{"title":"common medium"}""");

        var similar = await SimilarAsync(source);

        Assert.Equal(["medium"], similar.Keywords);
        Assert.Equal(600, similar.Found.Count);

        Core.Feed.FeedEntry Entry(int number) =>
            _search.Feed.Put(_search.Make($$"""{"title":"common {{(number % 10 == 0 ? "medium" : "other")}}"}"""));
    }

    [Fact]
    public async Task The_source_must_be_of_the_company_that_is_asked()
    {
        var stranger = _search.Make("""{"title":"heron"}""") with { Company = new(ObjectId.New(SearchHarness.Epoch)) };

        await Assert.ThrowsAsync<ArgumentException>(() => SimilarAsync(stranger));
    }

    private async Task<Document> PutAsync(string metadata)
    {
        var document = _search.Make(metadata);
        await _search.AddAsync(document);
        return document;
    }

    private async Task<SimilarResult> SimilarAsync(Document source, Func<SearchRequest, SearchRequest>? change = null)
    {
        var within = new SearchRequest { Company = _search.Company, Viewer = _search.Viewer };
        return await _search.Index.SimilarAsync(
            new SimilarRequest(source, change?.Invoke(within) ?? within), CancellationToken.None);
    }
}
