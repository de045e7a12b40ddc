using System.Text.Json.Nodes;

namespace AnyFetch.Provider;

/// <summary>The service data of one account as it is stored.</summary>
internal interface IAccountData
{
    /// <summary>A copy; null when the account is gone.</summary>
    Task<JsonObject?> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces it, unless the run may not.</summary>
    Task SaveAsync(JsonObject data, CancellationToken cancellationToken);

    /// <summary>Replaces it in every kind of run.</summary>
    Task SaveGrantAsync(JsonObject data, CancellationToken cancellationToken);
}
