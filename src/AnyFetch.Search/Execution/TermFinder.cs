using AnyFetch.Search.Indexing;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>Looks terms, phrases and prefixes up in all segments of a snapshot.</summary>
internal sealed class TermFinder(IndexSnapshot snapshot, CancellationToken cancellationToken)
{
    private PhraseFinder? _phrases;
    private readonly PrefixFinder _prefixes = new(snapshot.Norms, cancellationToken);

    /// <summary>Finds terms one directly after the other.</summary>
    /// <param name="terms">At least one.</param>
    /// <param name="isPrefix">The last may go on.</param>
    /// <param name="isTextOnly">Only in the text column.</param>
    public FoundTerm Find(byte[][] terms, bool isPrefix, bool isTextOnly)
    {
        if (terms.Length == 1 && !isPrefix && !isTextOnly)
            return Term(terms[0]);
        var found = new RowMatches[snapshot.Segments.Count];
        long count = 0;
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = terms.Length == 1
                ? _prefixes.Find(snapshot.Segments[i], terms[0], isPrefix, isTextOnly)
                : Phrases.Find(snapshot.Segments[i], terms, isPrefix, isTextOnly);
            count += found[i].Count;
        }

        return new FoundTerm(snapshot, null, found, count);
    }

    /// <summary>Made when a phrase is looked for: its buffers are for many rows.</summary>
    private PhraseFinder Phrases => _phrases ??= new PhraseFinder(snapshot.Norms, cancellationToken);

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
