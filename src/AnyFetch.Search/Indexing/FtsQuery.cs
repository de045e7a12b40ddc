using AnyFetch.Search.Scoring;

namespace AnyFetch.Search.Indexing;

/// <summary>A condition in FTS5's own language, and how to score what it finds.</summary>
/// <param name="Expression">The condition.</param>
/// <param name="Phrases">
/// Its phrases in the order in which FTS5 numbers them: each as a condition of its own when it is scored, null when not.
/// </param>
/// <param name="Score">Scores a row from the scores of its phrases.</param>
internal sealed record FtsQuery(string Expression, IReadOnlyList<string?> Phrases, ScoreNode Score);
