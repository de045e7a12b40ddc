using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Storage.Tests.Stores;

/// <summary>The stores over one database, composed as the server composes them.</summary>
public sealed class StoreHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IDisposable? _owned;

    public StoreHost(StorageOptions options, IDisposable? owned = null)
    {
        _owned = owned;
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddAnyFetchStorage(options)
            .BuildServiceProvider();
    }

    public ShiftedTimeProvider Time { get; } = new();

    public static StoreHost Sqlite(Action<StorageOptions>? configure = null)
    {
        var directory = new TempDirectory();
        var options = new StorageOptions { DataDirectory = directory.Path };
        configure?.Invoke(options);
        return new StoreHost(options, directory);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static CompanyId NewCompany() => new(NewId());

    public static AccessTokenId NewProvider() => new(NewId());

    public static ObjectId NewId() => ObjectId.New(TimeProvider.System.GetUtcNow());

    public static Document NewDocument(CompanyId company, AccessTokenId provider, string identifier, string json = "{}")
    {
        var change = new DocumentChange { Metadata = JsonFields.FromText(json) };
        return DocumentMerge.Create(
            new DocumentId(NewId()), company, provider, Identifier.Parse(identifier), change, TimeProvider.System.GetUtcNow());
    }

    /// <summary>Stores a document whatever is there.</summary>
    public async Task<Document> PutAsync(Document document)
    {
        var key = DocumentKey.ByIdentifier(document.Company, document.Provider, document.Identifier);
        return await Get<IDocumentStore>().ChangeAsync(
            key,
            stored =>
            {
                var next = stored is null ? document : document with { Id = stored.Id };
                return DocumentDecision.Put(next, next);
            },
            CancellationToken.None);
    }

    public async Task DeleteAsync(Document document) => await Get<IDocumentStore>().ChangeAsync(
        DocumentKey.ById(document.Company, document.Id),
        _ => DocumentDecision.Delete(true),
        CancellationToken.None);

    /// <summary>
    /// The company's feed, once it holds so many entries: while somebody's older transaction runs, and on PostgreSQL
    /// that may be one of another test's database, what is committed already does not show yet.
    /// </summary>
    public async Task<IReadOnlyList<FeedEntry>> ReadFeedAsync(CompanyId company, int count, FeedPosition after = default)
    {
        IReadOnlyList<FeedEntry> entries = [];
        await Eventually.TrueAsync(async () =>
        {
            entries = await Get<IChangeFeed>().ReadAsync(after, 100_000, company, CancellationToken.None);
            return entries.Count >= count;
        });
        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _owned?.Dispose();
    }
}
