using System.Text;
using AnyFetch.Search.Matching;

namespace AnyFetch.Search.Highlights;

/// <summary>What of a query can be marked: its terms, and the sequences that must stand together.</summary>
internal sealed class QueryTerms
{
    /// <summary>Most different terms that are marked: one bit each.</summary>
    public const int TermsMax = 64;

    private readonly List<(byte[] Utf8, bool IsPrefix, TermPattern? Pattern)> _terms = [];
    private readonly List<(int[] Terms, string? Key)> _sequences = [];
    private bool _hasPatterns;

    public QueryTerms(MatchNode match) => Add(match);

    public bool IsEmpty => _sequences.Count == 0;

    /// <summary>Sequences that count in a field.</summary>
    /// <param name="path">The field's dotted path; null for a text that belongs to no field.</param>
    public List<int[]> SequencesIn(string? path)
    {
        var sequences = new List<int[]>(_sequences.Count);
        foreach (var (terms, key) in _sequences)
        {
            if (key is null || path is not null && IsWithin(path, key))
                sequences.Add(terms);
        }

        return sequences;
    }

    /// <summary>The query's terms that a term of a text is.</summary>
    public ulong Match(ReadOnlySpan<byte> term)
    {
        var bits = 0UL;
        for (var i = 0; i < _terms.Count; i++)
        {
            var (utf8, isPrefix, pattern) = _terms[i];
            if (pattern is null && (isPrefix ? term.StartsWith(utf8) : term.SequenceEqual(utf8)))
                bits |= 1UL << i;
        }

        return _hasPatterns ? bits | MatchPatterns(term) : bits;
    }

    private static bool IsWithin(string path, string key) =>
        path.StartsWith(key, StringComparison.Ordinal) && (path.Length == key.Length || path[key.Length] == '.');

    private ulong MatchPatterns(ReadOnlySpan<byte> term)
    {
        var text = Encoding.UTF8.GetString(term);
        var bits = 0UL;
        for (var i = 0; i < _terms.Count; i++)
        {
            if (_terms[i].Pattern?.IsMatch(text) == true)
                bits |= 1UL << i;
        }

        return bits;
    }

    private void Add(MatchNode match)
    {
        switch (match)
        {
            case MatchPhrase phrase:
                Add(phrase);
                break;
            case MatchPattern pattern:
                AddSequence([Term([], false, pattern.Pattern)], pattern.Key);
                break;
            case MatchEvery every:
                foreach (var child in every.Children)
                    Add(child);
                break;
            case MatchSome some:
                foreach (var child in some.Children)
                    Add(child);
                break;
            case MatchOptional optional:
                Add(optional.Child);
                break;
        }
    }

    private void Add(MatchPhrase phrase)
    {
        var last = phrase.Terms.Count - 1;
        AddSequence(
            [.. phrase.Terms.Select((t, i) => Term(Encoding.UTF8.GetBytes(t), phrase.IsPrefix && i == last, null))],
            phrase.Key);
    }

    private void AddSequence(int[] terms, string? key)
    {
        if (!terms.Contains(-1))
            _sequences.Add((terms, key));
    }

    /// <summary>The number of a term; -1 when there are too many.</summary>
    private int Term(byte[] utf8, bool isPrefix, TermPattern? pattern)
    {
        var known = _terms.FindIndex(t =>
            t.IsPrefix == isPrefix && t.Pattern == pattern && t.Utf8.AsSpan().SequenceEqual(utf8));
        if (known >= 0 || _terms.Count == TermsMax)
            return known;
        _hasPatterns |= pattern is not null;
        _terms.Add((utf8, isPrefix, pattern));
        return _terms.Count - 1;
    }
}
