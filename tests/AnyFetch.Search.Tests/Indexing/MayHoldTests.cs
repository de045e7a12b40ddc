using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Feed;
using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests.Indexing;

/// <summary>Whether any document may hold an exact value is told without looking at documents, wherever the value stands.</summary>
public sealed class MayHoldTests : IAsyncLifetime
{
    private const int Documents = 600;

    private readonly SearchHarness _search = new(configure: o => o.FlushMebibytes = 1);

    public async Task InitializeAsync()
    {
        var type = _search.Types.Add("hashed", """
            {"properties":{"metadata":{"properties":{"hash":{"type":"string","index":"not_analyzed"}}}}}
            """);
        for (var first = 0; first < Documents; first += 50)
            await _search.ApplyAsync([.. Enumerable.Range(first, 50).Select(i => Put(i, type))]);
    }

    public Task DisposeAsync() => _search.DisposeAsync().AsTask();

    [Fact]
    public async Task A_value_of_any_document_may_be_held_in_memory_and_in_files()
    {
        Assert.All(await AskAsync("hash", i => $"value {i}"), Assert.True);

        await _search.ReopenAsync();

        Assert.All(await AskAsync("hash", i => $"value {i}"), Assert.True);
    }

    [Fact]
    public async Task No_other_value_and_no_value_of_another_key_is_held()
    {
        Assert.All(await AskAsync("hash", i => $"other {i}"), Assert.False);
        Assert.All(await AskAsync("text", i => $"value {i}"), Assert.False);

        await _search.ReopenAsync();

        Assert.All(await AskAsync("hash", i => $"other {i}"), Assert.False);
    }

    private FeedEntry Put(int number, DocumentTypeId type) =>
        _search.Feed.Put(_search.Make($$"""{"hash":"value {{number}}","text":"value {{number}}"}""", type));

    private async Task<List<bool>> AskAsync(string key, Func<int, string> value)
    {
        var answers = new List<bool>();
        for (var i = 0; i < Documents; i++)
            answers.Add(await _search.Index.MayHoldAsync(_search.Company, key, value(i), CancellationToken.None));
        return answers;
    }
}
