using System.Text.Json.Nodes;

namespace AnyFetch.Provider;

/// <summary>A finished connection.</summary>
/// <param name="AccountName">The label of the account, usually an e-mail address: 1 to 500 characters.</param>
/// <param name="ServiceData">Whatever the source needs later; stored encrypted.</param>
public sealed record ConnectedSource(string AccountName, JsonObject ServiceData);
