using AnyFetch.Core.Ids;
using AnyFetch.Core.Search;
using AnyFetch.Core.Users;
using AnyFetch.Search.Suggestions;
using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests.Suggestions;

public sealed class SuggestionSearcherTests : IAsyncLifetime
{
    private readonly SearchHarness _search = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _search.DisposeAsync().AsTask();

    [Fact]
    public async Task Completions_come_by_how_many_documents_have_them()
    {
        await AddAsync("report", "report", "reply", "repair repair repair repair");

        Assert.Equal(["report", "repair", "repli"], await CompleteAsync("rep"));
        Assert.Equal(["report"], await CompleteAsync("repo"));
        Assert.Equal(["report", "repair"], await CompleteAsync("rep", limit: 2));
        Assert.Empty(await CompleteAsync("r"));
        Assert.Empty(await CompleteAsync("zzz"));
    }

    [Fact]
    public async Task Completions_go_with_the_words_before()
    {
        await AddAsync("annual report", "monthly reply", "monthly reply");

        Assert.Equal(["repli", "report"], await CompleteAsync("rep"));
        Assert.Equal(["report"], await CompleteAsync("annual rep"));
        Assert.Equal(["report"], await CompleteAsync("ann* rep"));
        Assert.Empty(await CompleteAsync("weekly rep"));
    }

    [Fact]
    public async Task Hidden_documents_have_no_say()
    {
        var other = new UserId(ObjectId.New(SearchHarness.Epoch));
        for (var i = 0; i < 20; i++)
            await _search.AddAsync(_search.Make("""{"title":"secret section"}""") with { UserAccess = [other] });
        await AddAsync("security", "security", "sections");

        Assert.Equal(["securiti", "section"], await CompleteAsync("sec"));
        Assert.Equal(["section", "secret"], (await ProposeAsync("sec", other)).Completions.Take(2).Select(c => c.Term).Order().Reverse());

        // The hidden word is neither known, which would keep it from being corrected, nor what others are corrected to.
        Assert.Empty(await CorrectAsync("secrets"));
        Assert.Empty(await CorrectAsync("secrat"));
        Assert.Equal(["secret"], (await ProposeAsync("secrat", other)).Corrections.Single().Terms.Select(t => t.Term));
    }

    [Fact]
    public async Task What_was_deleted_or_replaced_is_not_suggested()
    {
        var document = _search.Make("""{"title":"report"}""");
        await _search.AddAsync(document);
        await AddAsync("reply");
        await _search.AddAsync(document with { Metadata = Core.Json.JsonFields.FromText("""{"title":"repair"}""") });
        Assert.Equal(["repair", "repli"], await CompleteAsync("rep"));

        await _search.DeleteAsync(document);
        Assert.Equal(["repli"], await CompleteAsync("rep"));
        Assert.Empty(await CorrectAsync("repiar"));
    }

    [Fact]
    public async Task Unknown_words_are_corrected_to_the_nearest_that_most_documents_have()
    {
        await AddAsync("receive", "receive", "recital", "recede", "receiver", "receiver", "receiver");

        Assert.Equal("receive", (await CorrectAsync("recieve ")).First());
        Assert.Empty(await CorrectAsync("receive "));
        Assert.Empty(await CorrectAsync("xylophone "));
        Assert.Empty(await CorrectAsync("re "));
    }

    [Theory]
    [InlineData("chapitres", "chapître")]
    [InlineData("прививка", "прививкаа")]
    [InlineData("réponse", "reponce")]
    [InlineData("abcdefgh", "abcdefghij")]
    [InlineData("abcdefgh", "abcdef")]
    public async Task Corrections_are_found_whatever_the_script_and_the_length(string title, string typed)
    {
        await AddAsync(title, "other", "words");
        Assert.Equal(title == "chapitres" ? 0 : 1, (await CorrectAsync(typed + " ")).Length);
    }

    [Fact]
    public async Task Each_proposal_comes_with_a_document_that_has_it()
    {
        var report = await _search.AddAsync("""{"title":"Reports"}""");
        await AddAsync("reply");

        var proposal = (await ProposeAsync("repo", _search.Viewer)).Completions.Single();
        Assert.Equal(new Proposal("report", 1, report), proposal);
    }

    [Fact]
    public async Task Frequencies_of_long_lists_are_estimated_and_keep_their_order()
    {
        var entries = Enumerable.Range(0, 12_000).Select(i => _search.Feed.Put(_search.Make(
            $$"""{"title":"{{(i % 4 == 0 ? "alpine" : "alphabet")}} {{(i % 1_000 == 0 ? "almond" : "")}}"}"""))).ToArray();
        await _search.ApplyAsync(entries);

        var found = (await ProposeAsync("al", _search.Viewer)).Completions;
        Assert.Equal(["alphabet", "alpine", "almond"], found.Select(f => f.Term));
        Assert.InRange(found[0].Count, 8_000, 10_000);
        Assert.Equal(12, found[2].Count);
    }

    private async Task AddAsync(params string[] titles)
    {
        foreach (var title in titles)
            await _search.AddAsync($$"""{"title":"{{title}}"}""");
    }

    private async Task<string[]> CompleteAsync(string text, int limit = 8) =>
        [.. (await ProposeAsync(text, _search.Viewer, limit)).Completions.Select(c => c.Term)];

    private async Task<string[]> CorrectAsync(string text) =>
        [.. (await ProposeAsync(text, _search.Viewer)).Corrections.SelectMany(c => c.Terms).Select(t => t.Term)];

    private async Task<Proposals> ProposeAsync(string text, UserId viewer, int limit = 8) => await _search.Index.ProposeAsync(
        new SuggestionRequest(_search.Company, viewer, text, limit), TypedQuery.Read(text), limit, CancellationToken.None);
}
