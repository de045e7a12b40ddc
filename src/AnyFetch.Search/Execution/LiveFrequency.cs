using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>How many live rows of a segment have a term.</summary>
internal static class LiveFrequency
{
    /// <summary>More rows are not counted one by one: the part that is dead is about that of the segment.</summary>
    private const int CountedMax = 8_192;

    public static long Of(SegmentRows rows, TermInfo term)
    {
        if (rows.Live is null || term.Frequency == 0)
            return term.Frequency;
        if (term.Frequency > CountedMax)
            return Math.Max(1, (long)term.Frequency * rows.LiveCount / rows.Segment.RowCount);
        var postings = new PostingsCursor().Open(rows.Segment, term);
        long count = 0;
        do
        {
            postings.DecodeBlock();
            foreach (var row in postings.Rows)
                count += rows.IsLive(row) ? 1 : 0;
        }
        while (postings.NextBlock());
        return count;
    }
}
