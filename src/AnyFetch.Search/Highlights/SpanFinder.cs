using System.Buffers;
using AnyFetch.Search.Analysis;

namespace AnyFetch.Search.Highlights;

/// <summary>Finds what a query matches in a text.</summary>
internal static class SpanFinder
{
    private const int GlueCharsMax = 40;

    private static readonly SearchValues<char> s_breaks = SearchValues.Create("\n\r.;!?<>");

    /// <summary>The matches in order, not overlapping; neighbours are one (search-and-projection §1.5).</summary>
    public static List<Span> Find(ReadOnlySpan<char> text, QueryTerms terms, List<int[]> sequences)
    {
        if (sequences.Count == 0)
            return [];
        var sink = new Sink(terms, []);
        TextAnalyzer.Analyze(text, ref sink);
        var found = new List<Span>();
        AddMatches(sink.Tokens, sequences, isAlias: false, found);
        AddMatches(sink.Tokens, sequences, isAlias: true, found);
        found.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        return Merge(text, found);
    }

    private static void AddMatches(
        List<(Span Span, TokenKind Kind)> tokens, List<int[]> sequences, bool isAlias, List<Span> found)
    {
        var run = new List<Span>();
        foreach (var (span, kind) in tokens)
        {
            if (kind == TokenKind.Word == isAlias)
                continue;
            if (kind == TokenKind.AliasStart)
                run.Clear();
            run.Add(span);
            if (span.Terms != 0)
                AddEnding(run, sequences, found);
        }
    }

    /// <summary>Adds the sequences that end with the last of the terms read.</summary>
    private static void AddEnding(List<Span> run, List<int[]> sequences, List<Span> found)
    {
        foreach (var sequence in sequences)
        {
            var first = run.Count - sequence.Length;
            if (first < 0)
                continue;
            var terms = 0UL;
            var i = 0;
            for (; i < sequence.Length && (run[first + i].Terms >> sequence[i] & 1) != 0; i++)
                terms |= 1UL << sequence[i];
            if (i == sequence.Length)
                found.Add(new Span(run[first].Start, run[^1].End, terms));
        }
    }

    private static List<Span> Merge(ReadOnlySpan<char> text, List<Span> found)
    {
        var merged = new List<Span>(found.Count);
        foreach (var span in found)
        {
            if (merged.Count > 0 && span.Start <= merged[^1].End
                || merged.Count > 0 && IsGlue(text[merged[^1].End..span.Start]))
            {
                var last = merged[^1];
                merged[^1] = new Span(last.Start, Math.Max(last.End, span.End), last.Terms | span.Terms);
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }

    /// <summary>Blanks, punctuation inside a sentence and stop-words; one sign joins whatever it is.</summary>
    private static bool IsGlue(ReadOnlySpan<char> between) =>
        between.Length <= GlueCharsMax
        && (between.Length == 1 ? between[0] != '\n' : between.IndexOfAny(s_breaks) < 0)
        && Token.Read(between).TrueForAll(t => StopWords.Contains(t.Term));

    private readonly struct Sink(QueryTerms terms, List<(Span Span, TokenKind Kind)> tokens) : ITokenSink
    {
        public List<(Span Span, TokenKind Kind)> Tokens => tokens;

        public void Add(ReadOnlySpan<byte> term, int start, int end, TokenKind kind) =>
            tokens.Add((new Span(start, end, terms.Match(term)), kind));
    }
}
