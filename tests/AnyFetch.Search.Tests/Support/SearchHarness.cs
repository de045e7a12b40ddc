using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Core.Search;
using AnyFetch.Core.Users;
using AnyFetch.Search.Companies;
using AnyFetch.Search.Mapping;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AnyFetch.Search.Tests.Support;

/// <summary>A company with its own index in its own directory.</summary>
public sealed class SearchHarness : IAsyncDisposable
{
    public static DateTimeOffset Epoch { get; } = new(2014, 5, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly bool _ownsDirectory;
    private IndexRegistry _registry;

    public SearchHarness(string? directory = null, TestFeed? feed = null, Action<SearchOptions>? configure = null)
    {
        _ownsDirectory = directory is null;
        DataDirectory = directory ?? Directory.CreateTempSubdirectory("anyfetch-search").FullName;
        Feed = feed ?? new TestFeed();
        Options = new SearchOptions { DataDirectory = DataDirectory };
        configure?.Invoke(Options);
        (_registry, Index) = Open();
    }

    public string DataDirectory { get; }

    public SearchOptions Options { get; }

    public TestFeed Feed { get; }

    public TestTypes Types { get; } = new();

    public CompanyId Company { get; init; } = new(ObjectId.New(Epoch));

    public UserId Viewer { get; } = new(ObjectId.New(Epoch));

    public AccessTokenId Provider { get; } = new(ObjectId.New(Epoch));

    internal SearchIndex Index { get; private set; }

    internal IndexRegistry Registry => _registry;

    public string IndexDirectory => Path.Combine(DataDirectory, Company.ToString());

    /// <summary>Closes everything and opens it again, as a restart does.</summary>
    public async Task ReopenAsync()
    {
        await _registry.DisposeAsync();
        (_registry, Index) = Open();
    }

    public Document Make(string metadata, DocumentTypeId? type = null, DateTimeOffset? created = null)
    {
        var id = new DocumentId(ObjectId.New(Epoch));
        return new Document
        {
            Id = id,
            Company = Company,
            Provider = Provider,
            Identifier = Identifier.Parse(id.ToString()),
            Type = type ?? BuiltInDocumentTypes.Document,
            CreationDate = created ?? Epoch,
            ModificationDate = created ?? Epoch,
            Metadata = JsonFields.FromText(metadata),
        };
    }

    /// <summary>Adds a document to the feed and to the index.</summary>
    public async Task<DocumentId> AddAsync(
        string metadata, DocumentTypeId? type = null, DateTimeOffset? created = null) =>
        await AddAsync(Make(metadata, type, created));

    public async Task<DocumentId> AddAsync(Document document)
    {
        await ApplyAsync(Feed.Put(document));
        return document.Id;
    }

    public async Task DeleteAsync(Document document) => await ApplyAsync(Feed.Delete(document));

    public async Task ApplyAsync(params FeedEntry[] entries) =>
        await Index.ApplyAsync(Company, entries, CancellationToken.None);

    public async Task<SearchResult> SearchAsync(
        string? query, Func<SearchRequest, SearchRequest>? change = null)
    {
        var request = new SearchRequest { Company = Company, Viewer = Viewer, Query = query };
        return await Index.SearchAsync(change?.Invoke(request) ?? request, CancellationToken.None);
    }

    /// <summary>The ids that a query finds, in order.</summary>
    public async Task<DocumentId[]> FindAsync(string? query, Func<SearchRequest, SearchRequest>? change = null)
    {
        var result = await SearchAsync(query, change);
        Assert.Null(result.QueryError);
        return [.. result.Hits.Select(h => h.Id)];
    }

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        if (_ownsDirectory)
            Directory.Delete(DataDirectory, recursive: true);
    }

    private (IndexRegistry Registry, SearchIndex Index) Open()
    {
        var registry = new IndexRegistry(Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System);
        var mappings = new MappingCache(new DocumentTypeCatalog(Types, TimeProvider.System));
        return (registry, new SearchIndex(
            registry, mappings, Feed, TimeProvider.System, NullLogger<SearchIndex>.Instance));
    }
}
