using AnyFetch.Search.Mapping;
using AnyFetch.Search.Suggestions;
using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests.Suggestions;

public sealed class SpellingReaderTests
{
    [Theory]
    [InlineData("""{"title":"Les Châteaux"}""", "chateau", "châteaux")]
    [InlineData("""{"a":{"b":["x","Old Companies"]}}""", "companie", null)]
    [InlineData("""{"a":{"b":["x","Old Companies"]}}""", "compani", "companies")]
    [InlineData("""{"text":"Invoices here","title":"Invoice"}""", "invoice", "invoice")]
    [InlineData("""{"title":"getUserName"}""", "user", "user")]
    [InlineData("""{"n":7}""", "7", null)]
    public async Task A_word_is_told_as_the_document_writes_it(string metadata, string term, string? expected)
    {
        await using var search = new SearchHarness();
        Assert.Equal(expected, SpellingReader.Read(search.Make(metadata), FieldMapping.Inferred, term));
    }
}
