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
            await runtime.Watchers.StopAsync(known.Id);
            await runtime.Scheduler.StopAndAsync(
                known.Id, () => accounts.RenewAsync(known.Id, name, data, cancellationToken), cancellationToken);
            await RenewSubscriptionAsync(runtime, known.Id, cancellationToken);
        }

        var account = (await accounts.FindByTokenAsync(token, cancellationToken))!;
        runtime.Watchers.Start(account);
        return account;
    }

    // It may be somebody else at the source who connects now: what the source was asked for before is asked for anew.
    private static async Task RenewSubscriptionAsync(
        ProviderRuntime runtime, long account, CancellationToken cancellationToken)
    {
        var accounts = runtime.Store.Accounts;
        if (await accounts.FindAsync(account, cancellationToken) is { Subscription: { } subscription })
        {
            await accounts.SaveSubscriptionAsync(
                account, subscription with { RenewAt = DateTimeOffset.UnixEpoch }, cancellationToken);
        }
    }
}
