using System.Buffers;
using System.Numerics;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>
/// Finds phrases: rows that have all terms, as bitmaps, the rarest looked at first; and among them those where the terms
/// follow one another.
/// </summary>
internal sealed unsafe class PhraseFinder(LengthNorms norms, CancellationToken cancellationToken)
{
    /// <summary>Rows whose positions are read together.</summary>
    private const int RowsAtOnce = 1_024;

    private readonly int[] _rows = new int[RowsAtOnce];
    private readonly PositionRuns _found = new();
    private readonly PositionRuns _next = new();

    /// <summary>The live rows of a segment with a phrase of several terms.</summary>
    public RowMatches Find(SegmentRows rows, byte[][] terms, bool isPrefix, bool isTextOnly)
    {
        var matches = new RowMatches();
        var slots = new PhraseSlot[terms.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            slots[i] = PhraseSlot.Open(rows.Segment, terms[i], isPrefix && i == terms.Length - 1);
            if (slots[i].Frequency == 0)
                return matches;
        }

        var words = (rows.Segment.RowCount + 63) >> 6;
        var common = ArrayPool<ulong>.Shared.Rent(words);
        try
        {
            Intersect(rows, slots, common.AsSpan(0, words));
            Match(rows.Segment, slots, common.AsSpan(0, words), isTextOnly, matches);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(common);
        }

        return matches;
    }

    /// <summary>The live rows that have all terms.</summary>
    private static void Intersect(SegmentRows rows, PhraseSlot[] slots, Span<ulong> common)
    {
        if (rows.Live is { } live)
            live.AsSpan(0, common.Length).CopyTo(common);
        else
            common.Fill(ulong.MaxValue);
        var found = ArrayPool<ulong>.Shared.Rent(common.Length);
        foreach (var slot in slots.OrderBy(s => s.Frequency))
            slot.Keep(common, found.AsSpan(0, common.Length));
        ArrayPool<ulong>.Shared.Return(found);
    }

    private void Match(
        Segment segment, PhraseSlot[] slots, ReadOnlySpan<ulong> common, bool isTextOnly, RowMatches matches)
    {
        var count = 0;
        for (var word = 0; word < common.Length; word++)
        {
            for (var bits = common[word]; bits != 0; bits &= bits - 1)
                _rows[count++] = (word << 6) + BitOperations.TrailingZeroCount(bits);
            if (count <= RowsAtOnce - 64)
                continue;
            Match(segment, slots, _rows.AsSpan(0, count), isTextOnly, matches);
            count = 0;
        }

        Match(segment, slots, _rows.AsSpan(0, count), isTextOnly, matches);
    }

    /// <summary>Adds those of some rows with all terms in which they follow one another.</summary>
    private void Match(Segment segment, PhraseSlot[] slots, Span<int> rows, bool isTextOnly, RowMatches matches)
    {
        cancellationToken.ThrowIfCancellationRequested();
        slots[0].ReadPositions(rows, _found);
        for (var i = 1; i < slots.Length && _found.Count > 0; i++)
        {
            slots[i].ReadPositions(rows[.._found.Count], _next);
            _found.KeepFollowed(_next, (uint)i, rows);
        }

        for (var i = 0; i < _found.Count; i++)
        {
            if (Worth(segment, rows[i], _found[i], isTextOnly) is var worth and >= 0)
                matches.Add(rows[i], worth);
        }
    }

    /// <summary>What a phrase at some positions is worth in a row; below 0 when none of them counts.</summary>
    private float Worth(Segment segment, int row, ReadOnlySpan<uint> positions, bool isTextOnly)
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

        return columns == 0 ? -1 : norms.Worth(segment, row, pattern[..columns]);
    }
}
