using System.Text.Json.Nodes;

namespace AnyFetch.Provider.Store;

/// <inheritdoc/>
internal sealed class StoredAccountData(AccountTable accounts, long account, bool readOnly) : IAccountData
{
    public async Task<JsonObject?> LoadAsync(CancellationToken cancellationToken) =>
        (await accounts.FindAsync(account, cancellationToken)) is { Token: not null } row ? row.Data : null;

    public Task SaveAsync(JsonObject data, CancellationToken cancellationToken) =>
        readOnly ? Task.CompletedTask : SaveGrantAsync(data, cancellationToken);

    public Task SaveGrantAsync(JsonObject data, CancellationToken cancellationToken) =>
        accounts.SaveDataAsync(account, data, cancellationToken);
}
