using System.Text;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Matching;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Suggestions;

/// <summary>Terms of all segments that begin with something, with where each is.</summary>
internal sealed class TermSearch(IndexSnapshot snapshot, CancellationToken cancellationToken)
{
    /// <summary>Terms that are looked at in the dictionaries: a large part of a large vocabulary.</summary>
    private const int TermsMax = 200_000;

    private const int CancellationTerms = 4_096;

    private readonly Dictionary<string, TermInfo[]> _found = new(StringComparer.Ordinal);
    private int _looked;

    /// <summary>The terms with a prefix that fit, the most frequent first, whoever may see them.</summary>
    /// <param name="prefix">What they begin with.</param>
    /// <param name="pattern">What they must be like; null for anything.</param>
    public IEnumerable<(string Term, TermInfo[] Places)> Find(string prefix, FuzzyPattern? pattern)
    {
        _found.Clear();
        _looked = 0;
        var first = Encoding.UTF8.GetBytes(prefix);
        for (var i = 0; i < snapshot.Segments.Count; i++)
            Collect(i, first, pattern);
        return _found.OrderByDescending(f => f.Value.Sum(t => (long)t.Frequency)).ThenBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => (f.Key, f.Value));
    }

    /// <summary>Where one term is.</summary>
    public TermInfo[] Places(string term)
    {
        var utf8 = Encoding.UTF8.GetBytes(term);
        return [.. snapshot.Segments.Select(s => s.Segment.Terms.Find(utf8))];
    }

    /// <summary>
    /// True for terms that are too long or too short to be near, told without a look at their letters. A letter has one to
    /// three bytes.
    /// </summary>
    private static bool IsOtherLength(ReadOnlySpan<byte> term, FuzzyPattern pattern) =>
        term.Length < pattern.Term.Length - pattern.Edits
        || term.Length > pattern.Term.Length + pattern.Edits && Ascii.IsValid(term);

    private void Collect(int segment, byte[] first, FuzzyPattern? pattern)
    {
        Span<char> chars = stackalloc char[TermDictionary.TermBytesMax];
        var terms = new TermCursor(snapshot.Segments[segment].Segment.Terms);
        var automaton = pattern is null ? null : new FuzzyAutomaton(pattern, chars.Length);
        var hopelessBytes = int.MaxValue;
        for (var isIn = terms.Seek(first); isIn && terms.Term.StartsWith(first) && _looked < TermsMax; isIn = terms.MoveNext())
        {
            if (++_looked % CancellationTerms == 0)
                cancellationToken.ThrowIfCancellationRequested();

            // A beginning that is too far away is so for all that begin like it.
            if (terms.SharedBytes >= hopelessBytes)
                continue;
            hopelessBytes = int.MaxValue;
            if (pattern is not null && IsOtherLength(terms.Term, pattern))
                continue;
            var term = chars[..Encoding.UTF8.GetChars(terms.Term, chars)];
            if (automaton?.IsMatch(term) == false)
            {
                if (automaton.HopelessChars <= term.Length)
                    hopelessBytes = Encoding.UTF8.GetByteCount(term[..automaton.HopelessChars]);
                continue;
            }

            var lookup = _found.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!lookup.TryGetValue(term, out var places))
                lookup[term] = places = new TermInfo[snapshot.Segments.Count];
            places[segment] = terms.Info;
        }
    }
}
