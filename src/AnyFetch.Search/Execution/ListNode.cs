using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>Rows that were found before: those of a phrase or of a prefix.</summary>
/// <param name="found">By segment.</param>
/// <param name="weight">Its significance; 0 when it only needs to be there.</param>
internal sealed class ListNode(RowMatches[] found, float weight) : WindowNode
{
    private RowMatches _matches = found.Length > 0 ? found[0] : new RowMatches();
    private int _at;

    public override long Cost => _matches.Count;

    public override void Enter(int segment)
    {
        _matches = found[segment];
        _at = 0;
    }

    public override int Seek(int row)
    {
        var rows = _matches.Rows;
        while (_at < rows.Length && rows[_at] < row)
            _at++;
        return _at < rows.Length ? rows[_at] : PostingsCursor.End;
    }

    public override float Bound(int start)
    {
        if (weight == 0)
            return 0;
        Seek(start);
        var rows = _matches.Rows;
        var end = _at;
        while (end < rows.Length && rows[end] < start + Window.RowCount)
            end++;
        return weight * _matches.Bound(_at, end);
    }

    public override void Fill(Window window, ReadOnlySpan<ulong> mask)
    {
        Seek(window.Start);
        var first = _at;
        var rows = _matches.Rows;
        while (_at < rows.Length && rows[_at] < window.Start + Window.RowCount)
            _at++;
        if (window.IsScored && weight != 0)
        {
            _matches.AddTo(window, mask, first.._at, weight);
            return;
        }

        var bits = window.Bits;
        foreach (var row in rows[first.._at])
        {
            var at = row - window.Start;
            bits[at >> 6] |= mask[at >> 6] & 1UL << at;
        }
    }
}
