using System.Numerics;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>The last word of a phrase when it may go on: all terms that begin with it.</summary>
internal sealed class PrefixSlot : PhraseSlot
{
    private readonly List<PostingsCursor> _cursors = [];
    private readonly ulong[] _rows;
    private int _row;

    public PrefixSlot(Segment segment, byte[] prefix)
    {
        _rows = new ulong[(segment.RowCount + Window.RowCount - 1) / Window.RowCount * Window.WordCount];
        var terms = new TermCursor(segment.Terms);
        for (var isIn = terms.Seek(prefix); isIn && terms.Term.StartsWith(prefix); isIn = terms.MoveNext())
            Add(new PostingsCursor().Open(segment, terms.Info));
        Frequency = _rows.Sum(word => (long)BitOperations.PopCount(word));
    }

    public override long Frequency { get; }

    public override int Seek(int row)
    {
        for (var word = row >> 6; word < _rows.Length; word++)
        {
            var left = word == row >> 6 ? _rows[word] >> row << row : _rows[word];
            if (left != 0)
                return (word << 6) + BitOperations.TrailingZeroCount(left);
        }

        return PostingsCursor.End;
    }

    public override float Bound(int start) => float.PositiveInfinity;

    public override void Keep(int start, Span<ulong> bits)
    {
        var rows = _rows.AsSpan(start >> 6, bits.Length);
        for (var i = 0; i < bits.Length; i++)
            bits[i] &= rows[i];
    }

    public override void Begin(int start)
    {
    }

    public override void MoveTo(int row, ReadOnlySpan<ulong> bits) => (_row, First, Last) = (row, -Nowhere, Nowhere);

    public override void ReadPositions(PositionList target)
    {
        target.Clear();
        foreach (var cursor in _cursors)
        {
            if (cursor.MoveTo(_row))
                cursor.ReadPositions(target.Take(cursor.PositionCount));
        }

        target.Sort();
    }

    private void Add(PostingsCursor cursor)
    {
        do
        {
            cursor.DecodeBlock();
            foreach (var row in cursor.Rows)
                _rows[row >> 6] |= 1UL << row;
        }
        while (cursor.NextBlock());
        cursor.GoToBlock(0);
        _cursors.Add(cursor);
    }
}
