using System.Numerics;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Users;
using AnyFetch.Search.Execution;
using AnyFetch.Search.Indexing;

namespace AnyFetch.Search.Similarity;

/// <summary>Counts documents that a user may see, one of them left out.</summary>
internal sealed class VisibleDocuments
{
    /// <summary>After so many visible documents the rest is estimated.</summary>
    private const int VisibleMax = 500;

    /// <summary>After so many documents, visible or not, the rest is estimated.</summary>
    private const int SeenMax = 2_000;

    private readonly IndexSnapshot _snapshot;
    private readonly ulong[]?[] _visible;
    private readonly (int Segment, int Row) _excluded;

    public VisibleDocuments(IndexSnapshot snapshot, UserId viewer, DocumentId excluded)
    {
        _snapshot = snapshot;
        _visible = [.. snapshot.Segments.Select(s => s.Segment.Visible.Of(viewer, s.Segment))];
        _excluded = snapshot.Find(excluded);
        for (var i = 0; i < _visible.Length; i++)
            Total += CountAll(i);
        if (_excluded.Row >= 0 && IsVisible(_excluded.Segment, _excluded.Row))
            Total--;
    }

    /// <summary>All of them.</summary>
    public long Total { get; }

    /// <summary>
    /// Those with a term, from a bounded number: what stands in half of a large index need not be counted to the end to
    /// be known as common. At least one when it is not counted to the end.
    /// </summary>
    public long Count(FoundTerm term)
    {
        var seen = 0;
        var visible = 0;
        for (var segment = 0; segment < _visible.Length; segment++)
        {
            foreach (var row in term.Rows(segment))
            {
                if (!_snapshot.Segments[segment].IsLive(row))
                    continue;
                seen++;
                if (IsVisible(segment, row) && (segment, row) != _excluded)
                    visible++;
                if (visible == VisibleMax || seen == SeenMax)
                    return Math.Max(1, visible) * Math.Max(term.Count, seen) / seen;
            }
        }

        return visible;
    }

    private bool IsVisible(int segment, int row) =>
        _visible[segment] is not { } rows || (rows[row >> 6] >> row & 1) != 0;

    private long CountAll(int segment)
    {
        var rows = _snapshot.Segments[segment];
        if (_visible[segment] is not { } visible)
            return rows.LiveCount;
        var count = 0L;
        for (var i = 0; i < visible.Length; i++)
            count += BitOperations.PopCount(visible[i] & (rows.Live?[i] ?? ulong.MaxValue));
        return count;
    }
}
