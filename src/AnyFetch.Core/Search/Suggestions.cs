namespace AnyFetch.Core.Search;

/// <summary>What may be meant by what was typed.</summary>
/// <param name="Completions">
/// Whole queries: what was typed, its last word completed. The word that most documents have with the others comes first.
/// </param>
/// <param name="Correction">
/// The whole query with words that no visible document has replaced by such that one has; null when there is nothing to
/// correct or nothing near.
/// </param>
public sealed record Suggestions(IReadOnlyList<string> Completions, string? Correction)
{
    /// <summary>Nothing to suggest.</summary>
    public static Suggestions None { get; } = new([], null);
}
