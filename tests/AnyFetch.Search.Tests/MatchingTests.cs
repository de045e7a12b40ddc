using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests;

/// <summary>Conformance checks 1 to 7 of search-and-projection, and the query forms of its §1.2.</summary>
public sealed class MatchingTests : IAsyncLifetime
{
    private readonly SearchHarness _search = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _search.DisposeAsync().AsTask();

    [Fact]
    public async Task A_word_in_metadata_is_found_at_any_depth_and_in_data_never()
    {
        var shallow = await _search.AddAsync("""{"title":"needle"}""");
        var deep = await _search.AddAsync("""{"a":{"b":[{"c":"needle"}]}}""");
        await _search.AddAsync(_search.Make("""{"title":"other"}""") with
        {
            Data = Core.Json.JsonFields.FromText("""{"html":"needle"}"""),
        });

        Assert.Equal([shallow, deep], await _search.FindAsync("needle"));
    }

    [Fact]
    public async Task A_document_without_any_word_is_counted()
    {
        var empty = await _search.AddAsync("{}");
        Assert.Equal([empty], await _search.FindAsync(""));
    }

    [Fact]
    public async Task Search_in_strict_mode_needs_every_word()
    {
        await _search.AddAsync("""{"text":"john smith"}""");
        var both = await _search.AddAsync("""{"text":"john and jane doe"}""");
        await _search.AddAsync("""{"text":"doe"}""");

        Assert.Equal([both], await _search.FindAsync("john doe"));
    }

    [Fact]
    public async Task Search_in_loose_mode_ranks_partial_matches_after_full_ones()
    {
        var partial = await _search.AddAsync("""{"title":"john john","text":"john","starred":true}""");
        var full = await _search.AddAsync($$"""{"text":"john {{string.Join(' ', Enumerable.Repeat("filler", 500))}} doe"}""");

        Assert.Equal([full, partial], await _search.FindAsync("john doe", r => r with { IsStrict = false }));
    }

    [Theory]
    [InlineData("apple OR pear AND plum")]
    [InlineData("apple OR (pear AND plum)")]
    [InlineData("apple or pear plum")]
    [InlineData("apple || pear && plum")]
    public async Task And_binds_tighter_than_or(string query)
    {
        var apple = await _search.AddAsync("""{"text":"apple"}""");
        await _search.AddAsync("""{"text":"pear"}""");
        var both = await _search.AddAsync("""{"text":"plum pear"}""");
        await _search.AddAsync("""{"text":"plum"}""");

        Assert.Equal([apple, both], (await _search.FindAsync(query)).Order(ById));
    }

    [Fact]
    public async Task A_phrase_does_not_match_the_words_apart()
    {
        var phrase = await _search.AddAsync("""{"text":"say hello there friend"}""");
        await _search.AddAsync("""{"text":"there was hello"}""");
        await _search.AddAsync("""{"tags":["hello","there"]}""");

        Assert.Equal([phrase], await _search.FindAsync("\"hello there\""));
        Assert.Equal([phrase], await _search.FindAsync("hello\\ there"));
    }

    [Theory]
    [InlineData("(\"hello")]
    [InlineData("(")]
    [InlineData(")\" bye\"")]
    [InlineData("a AND")]
    [InlineData("a:")]
    [InlineData(":")]
    public async Task A_malformed_query_says_why(string query)
    {
        var result = await _search.SearchAsync(query);

        Assert.NotNull(result.QueryError);
        Assert.Empty(result.Hits);
    }

    [Theory]
    [InlineData("john.doe@example.com")]
    [InlineData("doe@example")]
    [InlineData("well-known")]
    [InlineData("wellknown")]
    [InlineData("report_2014.pdf")]
    [InlineData("report")]
    [InlineData("http://example.com/path")]
    [InlineData("getUserName")]
    [InlineData("username")]
    [InlineData("user")]
    [InlineData("0612345678")]
    [InlineData("06.12.34.56.78")]
    [InlineData("06 12 34 56 78")]
    public async Task Addresses_names_and_identifiers_are_found_whole_and_by_parts(string query)
    {
        var found = await _search.AddAsync("""
            {"text":"john.doe@example.com wrote a well-known report_2014.pdf on http://example.com/path",
             "code":"getUserName userName","phone":"06 12 34 56 78"}
            """);
        await _search.AddAsync("""{"text":"something else"}""");

        Assert.Equal([found], await _search.FindAsync(query));
    }

    [Fact]
    public async Task A_key_query_searches_that_key_only()
    {
        var inTitle = await _search.AddAsync("""{"title":"Budget plans","text":"none"}""");
        var inText = await _search.AddAsync("""{"title":"none","text":"the budget"}""");
        var nested = await _search.AddAsync("""{"people":[{"name":"budget"}]}""");

        Assert.Equal([inTitle], await _search.FindAsync(null, Key("title", "budget")));
        Assert.Equal([inTitle], await _search.FindAsync("title:budget"));
        Assert.Equal([inTitle], await _search.FindAsync("title:\"budget plan\""));
        Assert.Equal([inTitle], await _search.FindAsync("title:budg*"));
        Assert.Equal([inText], await _search.FindAsync("text:budget"));
        Assert.Equal([inText], await _search.FindAsync(null, Key("text", "budget OR nothing")));
        Assert.Equal([nested], await _search.FindAsync("people:budget"));
        Assert.Equal([nested], await _search.FindAsync("people.name:budget"));
        Assert.Empty(await _search.FindAsync("text:plan"));
    }

    [Fact]
    public async Task A_hash_is_compared_exactly()
    {
        var found = await _search.AddAsync("""{"hash":"ab:(C1 d"}""");
        await _search.AddAsync("""{"hash":"ab:(c1 d"}""");

        Assert.Equal([found], await _search.FindAsync(null, Key("hash", "ab:(C1 d")));
        Assert.Empty(await _search.FindAsync(null, Key("hash", "ab")));
        Assert.Empty(await _search.FindAsync("c1"));
    }

    [Fact]
    public async Task Has_key_filters_documents_with_and_without_the_key()
    {
        var with = await _search.AddAsync("""{"location":{"city":"Paris"}}""");
        var without = await _search.AddAsync("""{"title":"location"}""");

        Assert.Equal([with], await _search.FindAsync(null, Has("location", true)));
        Assert.Equal([with], await _search.FindAsync(null, Has("location.city", true)));
        Assert.Equal([without], await _search.FindAsync(null, Has("location", false)));
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("RÉSUMÉ")]
    [InlineData("résumés")]
    public async Task Case_accents_and_plurals_do_not_matter(string query)
    {
        var found = await _search.AddAsync("""{"title":"Mon Résumé"}""");

        Assert.Equal([found], await _search.FindAsync(query));
    }

    [Theory]
    [InlineData("apple -pear", "a")]
    [InlineData("apple !pear", "a")]
    [InlineData("apple NOT pear", "a")]
    [InlineData("-pear", "a c")]
    [InlineData("+apple", "a b")]
    [InlineData("NOT (apple OR plum)", "")]
    [InlineData("app*", "a b")]
    [InlineData("a?ple", "a b")]
    [InlineData("aple~", "a b")]
    [InlineData("appel~1", "a b")]
    [InlineData("plum OR -apple", "c")]
    [InlineData("*", "a b c")]
    [InlineData("app*e", "a b")]
    [InlineData("aqqle~1", "")]
    public async Task Operators_do_what_the_grammar_says(string query, string expected)
    {
        var ids = new Dictionary<string, Core.Documents.DocumentId>
        {
            ["a"] = await _search.AddAsync("""{"text":"apple tree"}"""),
            ["b"] = await _search.AddAsync("""{"text":"apple pear"}"""),
            ["c"] = await _search.AddAsync("""{"text":"plum"}"""),
        };

        var wanted = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => ids[n]);
        Assert.Equal(wanted.Order(ById), (await _search.FindAsync(query)).Order(ById));
    }

    [Fact]
    public async Task Required_words_stay_required_and_excluded_ones_excluded_in_loose_mode()
    {
        var one = await _search.AddAsync("""{"text":"apple"}""");
        var two = await _search.AddAsync("""{"text":"apple pear"}""");
        await _search.AddAsync("""{"text":"pear"}""");
        await _search.AddAsync("""{"text":"apple plum pear"}""");

        Assert.Equal([two, one], await _search.FindAsync("+apple pear -plum", r => r with { IsStrict = false }));
    }

    private static IComparer<Core.Documents.DocumentId> ById { get; } =
        Comparer<Core.Documents.DocumentId>.Create((a, b) => a.Value.CompareTo(b.Value));

    private static Func<Core.Search.SearchRequest, Core.Search.SearchRequest> Key(string key, string value) =>
        r => r with { KeyQueries = [new(key, value)] };

    private static Func<Core.Search.SearchRequest, Core.Search.SearchRequest> Has(string key, bool isWanted) =>
        r => r with { HasKeys = [new(key, isWanted)] };
}
