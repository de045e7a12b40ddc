using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;

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

    protected Document NewDocument(string identifier = "one", string json = "{}") =>
        StoreHost.NewDocument(Company, Provider, identifier, json);
}
