using AnyFetch.Core.DocumentTypes;
using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests;

/// <summary>What <c>es_mapping</c> does (search-and-projection §1.4, conformance check 32).</summary>
public sealed class MappingTests : IAsyncLifetime
{
    private readonly SearchHarness _search = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _search.DisposeAsync().AsTask();

    [Fact]
    public async Task A_key_that_is_not_analysed_never_matches_full_text()
    {
        var type = Type("""{"code":{"type":"string","index":"not_analyzed"}}""");
        var found = await _search.AddAsync("""{"code":"Alpha Beta","other":"gamma"}""", type);

        Assert.Empty(await _search.FindAsync("alpha"));
        Assert.Empty(await _search.FindAsync("\"Alpha Beta\""));
        Assert.Empty(await _search.FindAsync("code:alpha"));
        Assert.Equal([found], await _search.FindAsync("gamma"));
        Assert.Equal([found], await _search.FindAsync("code:\"Alpha Beta\""));
        Assert.Equal([found], await _search.FindAsync(null, r => r with { KeyQueries = [new("code", "Alpha Beta")] }));
    }

    [Fact]
    public async Task A_boosted_key_ranks_first()
    {
        var type = Type("""{"summary":{"type":"string","boost":8}}""");
        var plain = await _search.AddAsync("""{"notes":"needle needle needle","summary":"hay"}""", type);
        var boosted = await _search.AddAsync(
            """{"notes":"hay hay hay hay hay hay hay","summary":"some hay with one needle in it"}""", type);
        var title = await _search.AddAsync("""{"title":"needle"}""", type);

        Assert.Equal([boosted, title, plain], await _search.FindAsync("needle"));
    }

    [Fact]
    public async Task A_title_ranks_before_a_text_and_a_starred_document_before_its_like()
    {
        var text = await _search.AddAsync("""{"text":"needle"}""");
        var title = await _search.AddAsync("""{"title":"needle"}""");
        var starred = await _search.AddAsync("""{"text":"needle","starred":true}""");

        Assert.Equal([title, starred, text], await _search.FindAsync("needle"));
    }

    [Fact]
    public async Task A_value_of_the_wrong_kind_is_dropped_from_the_index_only()
    {
        var type = Type("""{"when":{"type":"date"},"count":{"type":"integer"},"who":{"type":"object"}}""");
        var wrong = await _search.AddAsync("""{"title":"a","when":"someday","count":"few","who":"nobody"}""", type);
        var right = await _search.AddAsync(
            """{"title":"a","when":"2014-05-20T10:11:12Z","count":"12","who":{"name":"bob"}}""", type);

        Assert.Equal([wrong, right], await _search.FindAsync("title:a"));
        Assert.Empty(await _search.FindAsync("someday OR few OR nobody"));
        Assert.Equal([right], await _search.FindAsync("when:\"2014-05-20\""));
        Assert.Equal([right], await _search.FindAsync("count:12"));
        Assert.Equal([right], await _search.FindAsync("who:bob"));
    }

    [Theory]
    [InlineData("0612345678")]
    [InlineData("06-12-34-56-78")]
    [InlineData("06 12 34 56 78")]
    public async Task A_phone_number_matches_whatever_separates_its_digits(string query)
    {
        var found = await _search.AddAsync(
            """{"phone":[{"phone":"06 - 12/34 56..78","type":"home"}]}""", BuiltInDocumentTypes.Contact);

        Assert.Equal([found], await _search.FindAsync(query));
        Assert.Empty(await _search.FindAsync("home"));
    }

    [Fact]
    public async Task One_key_can_be_exact_in_a_type_and_text_in_another()
    {
        var exact = await _search.AddAsync(
            """{"code":"A-1"}""", Type("""{"code":{"type":"string","index":"not_analyzed"}}"""));
        var text = await _search.AddAsync("""{"code":"a 1 b"}""");

        Assert.Equal([text, exact], await _search.FindAsync(null, r => r with { KeyQueries = [new("code", "A-1")] }));
        Assert.Equal([text], await _search.FindAsync(null, r => r with { KeyQueries = [new("code", "b")] }));
    }

    private DocumentTypeId Type(string properties) => _search.Types.Add(
        Guid.NewGuid().ToString(), """{"properties":{"metadata":{"properties":""" + properties + "}}}");
}
