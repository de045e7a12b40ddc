using System.Text;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Matching;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>Finds the terms of an index that fit a pattern.</summary>
internal static class TermExpander
{
    private const int CancellationTerms = 4_096;

    /// <summary>The most frequent terms that fit, under a key or anywhere, without their key.</summary>
    public static IReadOnlyList<string> Expand(
        IndexSnapshot snapshot, TermPattern pattern, string? key, int termsMax, CancellationToken cancellationToken)
    {
        var keyPrefix = Encoding.UTF8.GetBytes(key is null ? "" : KeyCode.TermPrefix(key));
        byte[] first = [.. keyPrefix, .. Encoding.UTF8.GetBytes(pattern.LiteralPrefix)];
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var rows in snapshot.Segments)
            Collect(rows.Segment, pattern, first, keyPrefix.Length, found, cancellationToken);
        return [.. found.OrderByDescending(f => f.Value).ThenBy(f => f.Key, StringComparer.Ordinal)
            .Take(termsMax).Select(f => f.Key).Order(StringComparer.Ordinal)];
    }

    private static void Collect(
        Segment segment,
        TermPattern pattern,
        byte[] first,
        int keyBytes,
        Dictionary<string, long> found,
        CancellationToken cancellationToken)
    {
        Span<char> chars = stackalloc char[TermDictionary.TermBytesMax];
        var terms = new TermCursor(segment.Terms);
        var automaton = pattern is FuzzyPattern fuzzy ? new FuzzyAutomaton(fuzzy, chars.Length) : null;
        var count = 0;
        for (var isIn = terms.Seek(first); isIn && terms.Term.StartsWith(first); isIn = terms.MoveNext())
        {
            if (++count % CancellationTerms == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (first.Length == 0 && KeyCode.IsMarked(terms.Term))
                continue;
            var term = chars[..Encoding.UTF8.GetChars(terms.Term[keyBytes..], chars)];
            if (!(automaton?.IsMatch(term) ?? pattern.IsMatch(term)))
                continue;
            var text = term.ToString();
            found[text] = found.GetValueOrDefault(text) + terms.Info.Frequency;
        }
    }
}
