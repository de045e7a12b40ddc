using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Hosting;

/// <summary>The ledger as one account's provider sees it.</summary>
internal sealed class AccountLedger(LedgerTable ledger, long account) : ILedger
{
    public Task<LedgerEntry?> FindAsync(string identifier, CancellationToken cancellationToken) =>
        ledger.FindAsync(account, identifier, cancellationToken);

    public IAsyncEnumerable<LedgerEntry> ListAsync(string prefix, CancellationToken cancellationToken) =>
        ledger.ListAsync(account, prefix, cancellationToken);
}
