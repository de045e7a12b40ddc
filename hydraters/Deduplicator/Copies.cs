using System.Text.Json;
using AnyFetch.Client;

namespace AnyFetch.Hydraters.Deduplicator;

/// <summary>Tells whether two documents, as the store has them now, are copies of one another.</summary>
/// <param name="hash">The hash that both have to have.</param>
/// <param name="hashKeys">The keys of the metadata that count; none stands for all.</param>
internal sealed class Copies(string hash, IReadOnlyList<string> hashKeys)
{
    /// <summary>
    /// True for documents of one source and one type that the same people may see, that say the same now, that nobody else is
    /// working on, and that are nobody's parts.
    /// </summary>
    internal bool Are(Document one, Document other) =>
        one.Id != other.Id
        && one.Company == other.Company
        && one.Provider?.Id == other.Provider?.Id
        && one.DocumentType?.Name == other.DocumentType?.Name
        && HaveSameAccess(one.UserAccess, other.UserAccess)
        && IsReady(one) && IsReady(other);

    /// <summary>
    /// An attachment, a file of an archive: it belongs to its parent, and goes and stays with it. Events outlive the file that
    /// they came from.
    /// </summary>
    internal static bool IsChild(string? type, JsonElement? data) =>
        type != "event" && data is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty("nesting", out var nesting)
        && nesting.ValueKind == JsonValueKind.Number;

    /// <summary>The one that was changed later is kept, of two of one time the one that came later.</summary>
    internal static bool Precedes(Document one, Document other) =>
        one.ModificationDate != other.ModificationDate
            ? one.ModificationDate > other.ModificationDate
            : string.CompareOrdinal(one.Id, other.Id) > 0;

    private bool IsReady(Document document) =>
        !IsChild(document.DocumentType?.Name, document.Data)
        && document.Metadata is { ValueKind: JsonValueKind.Object } metadata && CanonicalHash.Of(metadata, hashKeys) == hash
        && (document.Hydrating ?? []).All(hydrater => hydrater.ShortName == DeduplicatorHydrater.ShortName);

    /// <summary>Null is the whole company, which an empty list is not.</summary>
    private static bool HaveSameAccess(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null ? one is null && other is null : one.ToHashSet().SetEquals(other);
}
