using System.Text.Json.Nodes;

namespace AnyFetch.Provider;

/// <summary>Where the browser goes next.</summary>
/// <param name="RedirectUrl">An absolute http or https address; anything else fails the connection.</param>
/// <param name="PreData">Kept, encrypted, until the callback; or null.</param>
public sealed record ConnectStart(string RedirectUrl, JsonObject? PreData = null);
