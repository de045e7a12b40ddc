using System.Collections.Concurrent;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Users;
using Microsoft.Extensions.Options;

namespace AnyFetch.Api.Providers;

/// <summary>Calls the providers of users: to update, and to forget accounts that are about to be removed.</summary>
internal sealed class ProviderAccounts(
    IAccessTokenStore tokens,
    IClientStore clients,
    ICompanyStore companies,
    IProviderGateway gateway,
    ProviderNotices notices,
    IOptions<ApiOptions> options,
    TimeProvider timeProvider)
{
    /// <summary>The statuses by which a provider says that it is at work (legacy-providers-api §6.2).</summary>
    private static readonly int[] s_working = [202, 204, 429];

    /// <summary>Asks every provider behind these tokens to update. Each one's status, whatever it is.</summary>
    public async ValueTask<IReadOnlyDictionary<AccessTokenId, int>> UpdateAsync(
        Company company,
        IReadOnlyList<AccessToken> accounts,
        CancellationToken cancellationToken)
    {
        var statuses = new ConcurrentDictionary<AccessTokenId, int>();
        var terms = UpdateTerms.Of(company);
        await ForEachAsync(accounts, UpdateOneAsync, cancellationToken).ConfigureAwait(false);
        if (await companies.FindAsync(company.Id, cancellationToken).ConfigureAwait(false) is { } current)
        {
            var updated = current with { LastUpdate = timeProvider.GetUtcNow() };
            await companies.UpdateAsync(updated, cancellationToken).ConfigureAwait(false);
        }

        return statuses;

        async ValueTask UpdateOneAsync(Provider provider, CancellationToken token)
        {
            var status = await gateway
                .UpdateAsync(provider.Client!, provider.Token, terms, token)
                .ConfigureAwait(false);
            statuses[provider.Token.Id] = status;
            if (s_working.Contains(status))
            {
                await tokens.SetProvidingSinceAsync(provider.Token.Id, timeProvider.GetUtcNow(), token)
                    .ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Has every provider behind these tokens told that the account is gone, as soon as it is and the provider can be
    /// reached. Comes before the removal, so that a crash between the two loses nothing.
    /// </summary>
    public async Task ForgetAsync(IReadOnlyList<AccessToken> accounts, CancellationToken cancellationToken) =>
        await notices.AddAsync(
            [.. (await ListProvidersAsync(accounts, cancellationToken).ConfigureAwait(false)).Select(p => p.Token)],
            cancellationToken).ConfigureAwait(false);

    /// <summary>As the other one, for all tokens of a user.</summary>
    public async Task ForgetAsync(UserId user, CancellationToken cancellationToken) =>
        await ForgetAsync(await tokens.ListAsync(user, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>As the other one, for all tokens of a company.</summary>
    public async Task ForgetAsync(CompanyId company, CancellationToken cancellationToken) =>
        await ForgetAsync(await tokens.ListAsync(company, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    private async Task ForEachAsync(
        IReadOnlyList<AccessToken> accounts,
        Func<Provider, CancellationToken, ValueTask> action,
        CancellationToken cancellationToken)
    {
        var providers = await ListProvidersAsync(accounts, cancellationToken).ConfigureAwait(false);
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Value.ProviderCallsMax,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(providers, parallel, action).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<Provider>> ListProvidersAsync(
        IReadOnlyList<AccessToken> accounts,
        CancellationToken cancellationToken)
    {
        if (accounts.All(a => a.Client is null))
        {
            return [];
        }

        var known = (await clients.ListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(c => c.Id);
        return [.. accounts
            .Where(a => a.Client is { } id && known.GetValueOrDefault(id)?.ProviderUrl is not null)
            .Select(a => new Provider(a, known[a.Client!.Value]))];
    }
}
