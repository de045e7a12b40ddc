using AnyFetch.Core.Documents;

namespace AnyFetch.Search.Suggestions;

/// <summary>A term of the index that a word may stand for.</summary>
/// <param name="Term">The term, folded and stemmed.</param>
/// <param name="Count">Documents that have it, of those that count; an estimate when they are many.</param>
/// <param name="Sample">One of them, in which the term's spelling can be looked up.</param>
internal readonly record struct Proposal(string Term, long Count, DocumentId Sample);

/// <summary>What the index proposes for a query that is typed.</summary>
/// <param name="Completions">For the last word, the best first.</param>
/// <param name="Corrections">For words that no visible document has, the best first.</param>
internal sealed record Proposals(
    IReadOnlyList<Proposal> Completions, IReadOnlyList<(TypedWord Word, IReadOnlyList<Proposal> Terms)> Corrections);
