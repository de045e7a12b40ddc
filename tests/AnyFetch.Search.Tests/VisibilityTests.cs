using AnyFetch.Core.Companies;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Search;
using AnyFetch.Core.Users;
using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests;

/// <summary>Nothing of a document shows to who may not read it: no hit, no count, no facet, no score.</summary>
public sealed class VisibilityTests : IAsyncLifetime
{
    private readonly SearchHarness _search = new();
    private readonly UserId _other = new(ObjectId.New(SearchHarness.Epoch));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _search.DisposeAsync().AsTask();

    [Theory]
    [InlineData("secret")]
    [InlineData(null)]
    [InlineData("-open")]
    [InlineData("sec*")]
    [InlineData("secrt~")]
    [InlineData("title:secret")]
    public async Task A_document_of_others_leaves_no_trace(string? query)
    {
        await _search.AddAsync(_search.Make("""{"title":"secret"}""") with { UserAccess = [_other] });
        await _search.AddAsync(_search.Make("""{"title":"secret"}""") with { UserAccess = [] });

        var result = await _search.SearchAsync(query);

        Assert.Empty(result.Hits);
        Assert.Equal(0, result.Count);
        Assert.Null(result.MaxScore);
        Assert.Empty(result.Facets.Types);
        Assert.Empty(result.Facets.Providers);
        Assert.Empty(result.Facets.Months);
    }

    [Fact]
    public async Task Key_filters_and_ids_do_not_reveal_either()
    {
        var document = _search.Make("""{"hash":"abc","location":"x"}""") with { UserAccess = [_other] };
        await _search.AddAsync(document);

        Assert.Empty(await _search.FindAsync(null, r => r with { Ids = [document.Id] }));
        Assert.Empty(await _search.FindAsync(null, r => r with { KeyQueries = [new("hash", "abc")] }));
        Assert.Empty(await _search.FindAsync(null, r => r with { HasKeys = [new("location", true)] }));
        Assert.Empty(await _search.FindAsync(null, r => r with { HasKeys = [new("nothing", false)] }));
    }

    [Fact]
    public async Task Access_follows_every_change_at_once_and_survives_a_restart()
    {
        var document = _search.Make("""{"title":"plan"}""");
        await _search.AddAsync(document);
        Assert.Single(await _search.FindAsync("plan"));

        await _search.AddAsync(document with { UserAccess = [_other] });
        Assert.Empty(await _search.FindAsync("plan"));
        Assert.Single(await _search.FindAsync("plan", r => r with { Viewer = _other }));

        await _search.ReopenAsync();
        Assert.Empty(await _search.FindAsync("plan"));
        Assert.Single(await _search.FindAsync("plan", r => r with { Viewer = _other }));

        await _search.AddAsync(document with { UserAccess = [_other, _search.Viewer] });
        Assert.Single(await _search.FindAsync("plan"));
    }

    [Fact]
    public async Task Another_company_finds_nothing()
    {
        await _search.AddAsync("""{"title":"plan"}""");

        Assert.Empty(await _search.FindAsync("plan", r => r with { Company = new CompanyId(ObjectId.New(SearchHarness.Epoch)) }));
    }

    [Fact]
    public async Task Facets_count_every_match_whatever_the_page()
    {
        for (var i = 0; i < 30; i++)
        {
            await _search.AddAsync(
                $$"""{"title":"plan {{i}}"}""",
                i % 3 == 0 ? Core.DocumentTypes.BuiltInDocumentTypes.File : Core.DocumentTypes.BuiltInDocumentTypes.Email,
                SearchHarness.Epoch.AddMonths(i % 2));
        }

        var all = await _search.SearchAsync("plan", r => r with { Limit = 100 });
        var page = await _search.SearchAsync("plan", r => r with { Start = 20, Limit = 3 });
        var none = await _search.SearchAsync("plan", r => r with { Limit = 0 });

        Assert.Equal(30, all.Facets.Types.Sum(f => f.Count));
        Assert.Equal([20L, 10L], all.Facets.Types.Select(f => f.Count));
        Assert.Equal([SearchHarness.Epoch, SearchHarness.Epoch.AddMonths(1)], all.Facets.Months.Select(f => f.Value));
        Assert.Equivalent(all.Facets, page.Facets);
        Assert.Equivalent(all.Facets, none.Facets);
        Assert.Equal(30, none.Count);
        Assert.Empty(none.Hits);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        for (var i = 0; i < 50; i++)
            await _search.AddAsync("""{"title":"same words"}""");
        var all = await _search.FindAsync("words", r => r with { Limit = 1000 });

        foreach (var sort in Enum.GetValues<SearchSort>())
        {
            var paged = new List<Core.Documents.DocumentId>();
            for (var start = 0; start < 60; start += 7)
                paged.AddRange(await _search.FindAsync("words", r => r with { Start = start, Limit = 7, Sort = sort }));
            Assert.Equal(all, paged);
        }

        Assert.Equal(all.OrderByDescending(id => id.Value), all);
    }
}
