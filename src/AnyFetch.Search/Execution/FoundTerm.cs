using AnyFetch.Search.Indexing;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>Where a term or phrase is in all segments.</summary>
/// <param name="snapshot">The segments.</param>
/// <param name="terms">By segment, for a single term; otherwise null.</param>
/// <param name="matches">By segment, for what was found row by row; otherwise null.</param>
/// <param name="count">Documents that have it, whoever may see them.</param>
internal sealed class FoundTerm(IndexSnapshot snapshot, TermInfo[]? terms, RowMatches[]? matches, long count)
{
    /// <summary>Documents that have it, whoever may see them; nearly, when these are many.</summary>
    public long Count => count;

    /// <summary>The condition that a row has it, with what it tells.</summary>
    public WindowNode Node(float weight) => count == 0 ? new AllNode(snapshot.Segments, isAny: false)
        : terms is not null ? new TermNode(snapshot.Segments, terms, weight, snapshot.Norms)
        : new ListNode(matches!, weight);

    /// <summary>The rows of a segment that have it, dead ones perhaps included.</summary>
    public IEnumerable<int> Rows(int segment)
    {
        if (terms is null)
        {
            for (var i = 0; i < matches![segment].Count; i++)
                yield return matches[segment].Rows[i];
            yield break;
        }

        if (terms[segment].Frequency == 0)
            yield break;
        var postings = new PostingsCursor().Open(snapshot.Segments[segment].Segment, terms[segment]);
        for (var row = postings.Advance(0); row != PostingsCursor.End; row = postings.Advance(row + 1))
            yield return row;
    }
}
