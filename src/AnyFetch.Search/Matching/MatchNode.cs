namespace AnyFetch.Search.Matching;

/// <summary>
/// What a document must have, in analysed terms: a query after analysis, the same for any engine and for highlights.
/// </summary>
internal abstract record MatchNode;

/// <summary>Every document.</summary>
internal sealed record MatchAll : MatchNode;

/// <summary>No document.</summary>
internal sealed record MatchNothing : MatchNode;

/// <summary>Terms one directly after the other in one value.</summary>
/// <param name="Terms">At least one.</param>
/// <param name="IsPrefix">The last term may go on.</param>
/// <param name="Key">Only in this metadata key or below it; null for anywhere.</param>
internal sealed record MatchPhrase(IReadOnlyList<string> Terms, bool IsPrefix, string? Key) : MatchNode;

/// <summary>Any term that fits a pattern.</summary>
internal sealed record MatchPattern(TermPattern Pattern, string? Key) : MatchNode;

/// <summary>A value of a key that is not analysed, compared exactly.</summary>
internal sealed record MatchExact(string Key, string Value) : MatchNode;

/// <summary>A key that is present and not null.</summary>
internal sealed record MatchKey(string Key) : MatchNode;

/// <summary>All of the children; <see cref="MatchExcept"/> and <see cref="MatchOptional"/> stand only in here.</summary>
internal sealed record MatchEvery(IReadOnlyList<MatchNode> Children) : MatchNode;

/// <summary>At least one of the children.</summary>
/// <param name="Children">At least one.</param>
/// <param name="IsLoose">The words of a loose query: who matches more of them ranks before.</param>
internal sealed record MatchSome(IReadOnlyList<MatchNode> Children, bool IsLoose = false) : MatchNode;

/// <summary>Not the child.</summary>
internal sealed record MatchExcept(MatchNode Child) : MatchNode;

/// <summary>Raises the score, is not needed.</summary>
internal sealed record MatchOptional(MatchNode Child) : MatchNode;
