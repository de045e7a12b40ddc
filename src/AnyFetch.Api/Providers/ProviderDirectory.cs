using System.Collections.Concurrent;
using System.Collections.Frozen;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Caching;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;

namespace AnyFetch.Api.Providers;

/// <summary>The providers of a company, kept in memory for a second: every document names one.</summary>
internal sealed class ProviderDirectory(IAccessTokenStore tokens, IClientStore clients, TimeProvider timeProvider)
{
    /// <summary>For how long a change may go unseen, in seconds.</summary>
    public const int LifetimeSeconds = 1;

    /// <summary>Most companies that are kept; with one more, all are loaded again.</summary>
    private const int CompaniesMax = 1000;

    private readonly ConcurrentDictionary<CompanyId, Snapshot<ProviderSet>> _companies = new();

    public ValueTask<ProviderSet> GetAsync(CompanyId company, CancellationToken cancellationToken)
    {
        if (_companies.Count > CompaniesMax)
        {
            _companies.Clear();
        }

        return _companies.GetOrAdd(company, CreateSnapshot).GetAsync(cancellationToken);
    }

    /// <summary>The application of a token, null for basic ones.</summary>
    public async ValueTask<Provider> DescribeAsync(AccessToken token, CancellationToken cancellationToken) =>
        new(token, token.Client is { } id ? await clients.FindAsync(id, cancellationToken).ConfigureAwait(false) : null);

    private Snapshot<ProviderSet> CreateSnapshot(CompanyId company) => new(
        async cancellationToken => new ProviderSet(
            await tokens.ListAsync(company, cancellationToken).ConfigureAwait(false),
            await clients.ListAsync(cancellationToken).ConfigureAwait(false)),
        TimeSpan.FromSeconds(LifetimeSeconds),
        timeProvider);
}

/// <summary>The providers of one company, found by id.</summary>
internal sealed class ProviderSet
{
    private readonly FrozenDictionary<AccessTokenId, Provider> _byId;

    public ProviderSet(IReadOnlyList<AccessToken> tokens, IReadOnlyList<Client> clients)
    {
        var byId = clients.ToDictionary(c => c.Id);
        _byId = tokens.ToFrozenDictionary(
            t => t.Id,
            t => new Provider(t, t.Client is { } id ? byId.GetValueOrDefault(id) : null));
    }

    /// <summary>Null for a provider that was revoked just now.</summary>
    public Provider? Find(AccessTokenId id) => _byId.GetValueOrDefault(id);
}
