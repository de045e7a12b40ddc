using System.Text.Json.Nodes;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Hosting;

/// <summary>Stores a finished connection: a new account, or the renewal of one that has the token already.</summary>
internal static class AccountConnection
{
    public static async Task<AccountRow> SaveAsync(
        ProviderRuntime runtime, string token, string name, JsonObject data, CancellationToken cancellationToken)
    {
        var now = runtime.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var accounts = runtime.Store.Accounts;
        if (await accounts.InsertAsync(token, name, data, cursor: null, now, cancellationToken) is null)
        {
            var known = (await accounts.FindByTokenAsync(token, cancellationToken))!;
            await runtime.Scheduler.StopAndAsync(
                known.Id, () => accounts.RenewAsync(known.Id, name, data, cancellationToken), cancellationToken);
        }

        var account = (await accounts.FindByTokenAsync(token, cancellationToken))!;
        runtime.Watchers.Start(account);
        return account;
    }
}
