using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Core.Search;
using AnyFetch.Core.Users;
using AnyFetch.Search.Following;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AnyFetch.Search.Tests.Support;

/// <summary>Search as a host composes it, following a feed.</summary>
public sealed class FollowerHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly UserId _viewer = new(ObjectId.New(SearchHarness.Epoch));

    public FollowerHarness(
        string directory, TestFeed feed, IReadOnlyList<CompanyId> companies, Action<SearchOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<IChangeFeed>(feed);
        services.AddSingleton<ICompanyStore>(new TestCompanies(() => companies));
        services.AddSingleton<IDocumentTypeStore>(new TestTypes());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<DocumentTypeCatalog>();
        services.AddAnyFetchSearch(options =>
        {
            options.DataDirectory = directory;
            options.CollectMilliseconds = 0;
            options.RetrySeconds = 1;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
        Index = _services.GetRequiredService<ISearchIndex>();

        // A host makes all of its services before it starts the first one.
        _ = _services.GetServices<IHostedService>().Count();
    }

    public ISearchIndex Index { get; }

    public Reindexer Reindexer => _services.GetRequiredService<Reindexer>();

    public async Task StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
    }

    public async Task<long> CountAsync(CompanyId company, string? query = null)
    {
        var request = new SearchRequest { Company = company, Viewer = _viewer, Query = query };
        return (await Index.SearchAsync(request, CancellationToken.None)).Count;
    }

    public static Document Make(CompanyId company, string title, DocumentId? id = null) => new()
    {
        Id = id ?? new DocumentId(ObjectId.New(SearchHarness.Epoch)),
        Company = company,
        Provider = new(ObjectId.Parse("111111111111111111111111")),
        Identifier = Identifier.Parse("x"),
        Type = BuiltInDocumentTypes.File,
        CreationDate = SearchHarness.Epoch,
        ModificationDate = SearchHarness.Epoch,
        Metadata = JsonFields.FromText($$"""{"title":"{{title}}"}"""),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
            await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
