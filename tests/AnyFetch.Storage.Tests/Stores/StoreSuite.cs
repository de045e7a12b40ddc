using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;

namespace AnyFetch.Storage.Tests.Stores;

/// <summary>What every suite over a store has: the stores, and a company with a provider of its own.</summary>
public abstract class StoreSuite(StoreHost host) : IAsyncLifetime
{
    protected static CancellationToken None => CancellationToken.None;

    protected StoreHost Host { get; } = host;

    protected IDocumentStore Documents => Host.Get<IDocumentStore>();

    protected CompanyId Company { get; } = StoreHost.NewCompany();

    protected AccessTokenId Provider { get; } = StoreHost.NewProvider();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Host.DisposeAsync();

    /// <inheritdoc cref="StoreHost.ReadFeedAsync"/>
    protected Task<IReadOnlyList<FeedEntry>> ReadFeedAsync(int count, FeedPosition after = default) =>
        Host.ReadFeedAsync(Company, count, after);

    protected Document NewDocument(string identifier = "one", string json = "{}") =>
        StoreHost.NewDocument(Company, Provider, identifier, json);
}
