using AnyFetch.Search.Indexing;

namespace AnyFetch.Search.Similarity;

/// <summary>
/// Counts the documents with a term that a user may see, from a bounded number of them: what stands in half of a large
/// index need not be counted to the end to be known as common.
/// </summary>
internal sealed unsafe class FrequencyVisitor(RowFilter alive, RowFilter visible) : MatchVisitor(alive)
{
    /// <summary>After so many visible documents the rest is estimated.</summary>
    private const int VisibleMax = 500;

    /// <summary>After so many documents, visible or not, the rest is estimated.</summary>
    private const int SeenMax = 2_000;

    private readonly int _rowMax = alive.RowMax;
    private int _seen;
    private int _visible;
    private int _lastRow;

    /// <summary>Documents that the user may see: at least one when the count was not brought to its end.</summary>
    public long Visible => Whole(IsDone ? Math.Max(1, _visible) : _visible);

    /// <summary>Documents that a search has to look at.</summary>
    public long Seen => Whole(_seen);

    protected override void Take(int row, Fts5Api* api, nint context)
    {
        _lastRow = row;
        _seen++;
        if (visible.Passes(row))
            _visible++;
        IsDone = _visible == VisibleMax || _seen == SeenMax;
    }

    private long Whole(int count) => IsDone ? (long)count * _rowMax / _lastRow : count;
}
