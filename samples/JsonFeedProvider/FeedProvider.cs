using System.Runtime.CompilerServices;
using AnyFetch.Provider;

/// <summary>Sends the items of a JSON feed (https://jsonfeed.org).</summary>
internal sealed class FeedProvider(HttpClient http) : IProvider, ISetupForm
{
    public SetupForm Form { get; } = new("Connect a feed", new SetupField("url", "Feed address") { Type = "url" });

    public Task<ConnectedSource> CompleteAsync(
        IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken) =>
        Task.FromResult(new ConnectedSource(values["url"], new() { ["url"] = values["url"] }));

    public async IAsyncEnumerable<SyncItem> SyncAsync(
        SyncContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var feed = await http.GetFromJsonAsync<Feed>(context.Account.Text("url"), cancellationToken);
        foreach (var item in feed!.Items)
        {
            yield return new SyncItem.Upsert(item.Id)
            {
                Version = item.Date_Modified ?? item.Date_Published,
                Document = new() { Metadata = new() { ["title"] = item.Title, ["text"] = item.Content_Text } },
            };
        }
    }

    private sealed record Feed(Item[] Items);
    private sealed record Item(string Id, string? Title, string? Content_Text, string? Date_Published,
        string? Date_Modified);
}
