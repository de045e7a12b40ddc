namespace AnyFetch.Provider;

/// <summary>An item as the library knows it.</summary>
/// <param name="Identifier">The document's identifier.</param>
/// <param name="SourceId">The source's own id, when the listing gave one.</param>
/// <param name="Version">The version that was sent last; null when none was sent yet.</param>
/// <param name="QueuedVersion">The version that waits to be sent; null when none does.</param>
public sealed record LedgerEntry(
    string Identifier, string? SourceId, string? Version, string? QueuedVersion = null);
