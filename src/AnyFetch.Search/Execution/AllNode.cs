namespace AnyFetch.Search.Execution;

/// <summary>Every row, or none.</summary>
internal sealed class AllNode(IReadOnlyList<Segments.SegmentRows> segments, bool isAny, float score = 0) : WindowNode
{
    private int _rowCount;

    public override long Cost => isAny ? _rowCount : 0;

    public override void Enter(int segment) => _rowCount = segments[segment].Segment.RowCount;

    public override int Seek(int row) => isAny && row < _rowCount ? row : Segments.PostingsCursor.End;

    public override float Bound(int start) => score;

    public override void Fill(Window window, ReadOnlySpan<ulong> mask)
    {
        if (!isAny)
            return;
        var bits = window.Bits;
        for (var i = 0; i < Window.WordCount; i++)
            bits[i] |= mask[i];
        if (!window.IsScored || score == 0)
            return;
        foreach (ref var one in window.Scores)
            one += score;
    }
}
