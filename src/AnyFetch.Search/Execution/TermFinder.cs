using AnyFetch.Search.Indexing;
using AnyFetch.Search.Scoring;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>Looks terms, phrases and prefixes up in all segments of a snapshot.</summary>
internal sealed class TermFinder(IndexSnapshot snapshot, CancellationToken cancellationToken)
{
    private readonly PrefixFinder _prefixes = new(snapshot.Norms, cancellationToken);

    /// <summary>Finds a term, or all that begin with it.</summary>
    /// <param name="term">The term.</param>
    /// <param name="isPrefix">It may go on.</param>
    /// <param name="isTextOnly">Only in the text column.</param>
    public FoundTerm Find(byte[] term, bool isPrefix, bool isTextOnly) => isPrefix || isTextOnly
        ? Found(i => _prefixes.Find(snapshot.Segments[i], term, isPrefix, isTextOnly))
        : Term(term);

    /// <summary>Finds all rows with terms one directly after the other.</summary>
    /// <param name="terms">At least one.</param>
    public FoundTerm Find(byte[][] terms)
    {
        if (terms is [var only])
            return Term(only);
        var node = new PhraseNode(snapshot.Segments, terms, isPrefix: false, isTextOnly: false, weight: 1, snapshot.Norms);
        return Found(i => Find(node, i));
    }

    /// <summary>How much a phrase tells: what its terms do together.</summary>
    public float Significance(byte[][] terms, bool isPrefix)
    {
        var sum = 0f;
        for (var i = 0; i < terms.Length; i++)
        {
            var count = isPrefix && i == terms.Length - 1 ? CountPrefix(terms[i]) : Term(terms[i]).Count;
            sum += Relevance.Significance(snapshot.LiveCount, count);
        }

        return sum;
    }

    private FoundTerm Found(Func<int, RowMatches> find)
    {
        RowMatches[] found = [.. Enumerable.Range(0, snapshot.Segments.Count).Select(find)];
        return new FoundTerm(snapshot, null, found, found.Sum(f => (long)f.Count));
    }

    private RowMatches Find(PhraseNode node, int segment)
    {
        var matches = new RowMatches();
        var rows = snapshot.Segments[segment];
        var window = new Window();
        Span<ulong> live = stackalloc ulong[Window.WordCount];
        node.Enter(segment);
        for (var row = node.Seek(0); row < rows.Segment.RowCount; row = node.Seek(window.Start + Window.RowCount))
        {
            cancellationToken.ThrowIfCancellationRequested();
            window.Begin(Window.StartOf(row), isScored: true);
            rows.CopyLive(window.Start, live);
            node.Fill(window, live);
            matches.Add(window);
        }

        return matches;
    }

    /// <summary>Documents that have terms with a prefix; those with several of them count as often.</summary>
    private long CountPrefix(byte[] prefix)
    {
        long count = 0;
        foreach (var rows in snapshot.Segments)
        {
            var terms = new TermCursor(rows.Segment.Terms);
            for (var isIn = terms.Seek(prefix); isIn && terms.Term.StartsWith(prefix); isIn = terms.MoveNext())
                count += LiveFrequency.Of(rows, terms.Info);
        }

        return Math.Min(count, snapshot.LiveCount);
    }

    private FoundTerm Term(byte[] term)
    {
        var infos = new TermInfo[snapshot.Segments.Count];
        long count = 0;
        for (var i = 0; i < infos.Length; i++)
        {
            infos[i] = snapshot.Segments[i].Segment.Terms.Find(term);
            count += LiveFrequency.Of(snapshot.Segments[i], infos[i]);
        }

        return new FoundTerm(snapshot, infos, null, count);
    }
}
