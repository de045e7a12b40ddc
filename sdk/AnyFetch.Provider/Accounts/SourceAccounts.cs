using AnyFetch.Provider.Hosting;

namespace AnyFetch.Provider;

/// <summary>Finds the connected accounts of a provider, for its own routes.</summary>
public sealed class SourceAccounts
{
    private readonly ProviderHost _host;

    internal SourceAccounts(ProviderHost host) => _host = host;

    /// <summary>The account with this number (<see cref="SourceAccount.Id"/>); null when there is none, or not any more.</summary>
    /// <param name="id">The number.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<SourceAccount?> FindAsync(long id, CancellationToken cancellationToken) =>
        _host.Runtime is { } runtime
        && await runtime.Store.Accounts.FindAsync(id, cancellationToken) is { Token: not null } account
            ? runtime.CreateSource(account, readOnly: true)
            : null;
}
