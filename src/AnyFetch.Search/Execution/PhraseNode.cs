using System.Numerics;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>
/// Terms that follow one another. In each window, the rows that have all terms are found as bitmaps, the rarest term first;
/// then those of them are looked at closer in which the terms can stand side by side.
/// </summary>
/// <param name="segments">The segments.</param>
/// <param name="terms">At least two.</param>
/// <param name="isPrefix">The last may go on.</param>
/// <param name="isTextOnly">Only in the text column.</param>
/// <param name="weight">Its significance; 0 when it only needs to be there.</param>
/// <param name="norms">The length norms of the whole index.</param>
internal sealed class PhraseNode(
    IReadOnlyList<SegmentRows> segments, byte[][] terms, bool isPrefix, bool isTextOnly, float weight, LengthNorms norms)
    : WindowNode
{
    private static readonly Occurrence[] s_once = [new(TermColumns.Text, 1)];

    private readonly PositionList _found = new();
    private readonly PositionList _next = new();
    private readonly ulong[] _bits = new ulong[Window.WordCount];
    private Segment _segment = null!;
    private readonly TermSlot?[] _termSlots = new TermSlot?[terms.Length];
    private PhraseSlot[] _slots = [];
    private PhraseSlot[] _rarestFirst = [];

    public override long Cost => _rarestFirst.Length == 0 ? 0 : _rarestFirst[0].Frequency;

    public override void Enter(int segment)
    {
        _segment = segments[segment].Segment;
        var slots = new PhraseSlot[terms.Length];
        (_slots, _rarestFirst) = ([], []);
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = isPrefix && i == terms.Length - 1 ? new PrefixSlot(_segment, terms[i]) : Slot(i);
            if (slots[i].Frequency == 0)
                return;
        }

        (_slots, _rarestFirst) = (slots, [.. slots.OrderBy(s => s.Frequency)]);
    }

    private TermSlot Slot(int number)
    {
        var term = _segment.Terms.Find(terms[number]);
        return _termSlots[number] = new TermSlot(_segment, term, _termSlots[number]);
    }

    public override int Seek(int row)
    {
        if (_slots.Length == 0)
            return PostingsCursor.End;
        foreach (var slot in _slots)
            row = Math.Max(row, slot.Seek(row));
        return row;
    }

    public override float Bound(int start)
    {
        // A phrase stands nowhere more often than any of its terms.
        var bound = _slots.Length == 0 || weight == 0 ? 0 : float.PositiveInfinity;
        foreach (var slot in _slots)
            bound = Math.Min(bound, slot.Bound(start));
        return bound * weight * norms.BoundFactor(_segment);
    }

    public override void Fill(Window window, ReadOnlySpan<ulong> mask)
    {
        if (_slots.Length == 0)
            return;
        mask.CopyTo(_bits);
        foreach (var slot in _rarestFirst)
        {
            slot.Keep(window.Start, _bits);
            if (_bits.AsSpan().IndexOfAnyExcept(0UL) < 0)
                return;
        }

        foreach (var slot in _slots)
            slot.Begin(window.Start);
        for (var word = 0; word < _bits.Length; word++)
        {
            for (var left = _bits[word]; left != 0; left &= left - 1)
            {
                var at = (word << 6) + BitOperations.TrailingZeroCount(left);
                if (Worth(window.Start + at) is not (>= 0 and var worth))
                    continue;
                window.Bits[word] |= 1UL << at;
                if (window.IsScored)
                    window.Scores[at] += weight * worth;
            }
        }
    }

    /// <summary>What the phrase is worth in a row with all terms; below 0 when it is not there.</summary>
    private float Worth(int row)
    {
        // The phrase can begin where each term, taken back by its distance, may stand.
        var (least, from, to) = (int.MaxValue, int.MinValue, int.MaxValue);
        for (var i = 0; i < _slots.Length; i++)
        {
            var slot = _slots[i];
            slot.MoveTo(row, _bits);
            least = Math.Min(least, slot.First - i);
            from = Math.Max(from, slot.First - i);
            to = Math.Min(to, slot.Last - i);
        }

        return from > to ? -1 : least == to ? norms.Worth(_segment, row, s_once) : Worth(row, ReadPositions());
    }

    /// <summary>The positions in a row at which the phrase begins.</summary>
    private ReadOnlySpan<uint> ReadPositions()
    {
        _slots[0].ReadPositions(_found);
        for (var i = 1; i < _slots.Length && !_found.Positions.IsEmpty; i++)
        {
            _slots[i].ReadPositions(_next);
            _found.KeepFollowed(_next, (uint)i);
        }

        return _found.Positions;
    }

    /// <summary>What a phrase at some positions is worth in a row; below 0 when none of them counts.</summary>
    private float Worth(int row, ReadOnlySpan<uint> positions)
    {
        Span<Occurrence> pattern = stackalloc Occurrence[TermColumns.CountMax];
        var columns = 0;
        foreach (var position in positions)
        {
            var column = (byte)TermPosition.Column(position);
            if (isTextOnly && column != TermColumns.Text)
                break;
            if (columns == 0 || pattern[columns - 1].Column != column)
                pattern[columns++] = new Occurrence(column, 0);
            pattern[columns - 1] = new Occurrence(column, pattern[columns - 1].Count + 1);
        }

        return columns == 0 ? -1 : norms.Worth(_segment, row, pattern[..columns]);
    }
}
