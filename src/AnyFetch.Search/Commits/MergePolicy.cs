using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Commits;

/// <summary>
/// Chooses segments to merge. Segments of about one size are merged when there are eight of them, so a document is
/// copied a few times however large the index grows; one that is mostly dead is written again without its dead rows.
/// </summary>
internal static class MergePolicy
{
    /// <summary>Segments of one size that become one.</summary>
    public const int TierSegments = 8;

    /// <summary>Smaller segments are not worth writing again for their dead rows.</summary>
    private const int RewriteRowsMin = 1_000;

    /// <summary>The segments to merge next; empty when all is well.</summary>
    public static IReadOnlyList<SegmentRows> Choose(IReadOnlyList<SegmentRows> segments)
    {
        foreach (var tier in segments.GroupBy(TierOf).OrderBy(t => t.Key))
        {
            if (tier.Count() >= TierSegments)
                return [.. tier];
        }

        return segments.FirstOrDefault(IsMostlyDead) is { } dead ? [dead] : [];
    }

    private static int TierOf(SegmentRows rows) => (31 - int.LeadingZeroCount(Math.Max(1, rows.LiveCount))) / 3;

    private static bool IsMostlyDead(SegmentRows rows) =>
        rows.LiveCount == 0
        || rows.Segment.RowCount >= RewriteRowsMin && rows.LiveCount < rows.Segment.RowCount - rows.Segment.RowCount / 3;
}
