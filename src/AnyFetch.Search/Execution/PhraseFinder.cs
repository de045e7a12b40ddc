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
    private const int CancellationWords = 4_096;

    private PositionList _found;
    private PositionList _next;

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
        for (var word = 0; word < common.Length; word++)
        {
            if (word % CancellationWords == 0)
                cancellationToken.ThrowIfCancellationRequested();
            for (var bits = common[word]; bits != 0; bits &= bits - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(bits);
                if (Worth(segment, slots, row, isTextOnly) is var worth and >= 0)
                    matches.Add(row, worth);
            }
        }
    }

    /// <summary>What the phrase is worth in a row; below 0 when the terms do not follow one another.</summary>
    private float Worth(Segment segment, PhraseSlot[] slots, int row, bool isTextOnly)
    {
        slots[0].ReadPositions(row, ref _found);
        for (var i = 1; i < slots.Length && _found.Count > 0; i++)
        {
            slots[i].ReadPositions(row, ref _next);
            _found.KeepFollowed(_next.Positions, (uint)i);
        }

        if (_found.Count == 0)
            return -1;
        Span<Occurrence> pattern = stackalloc Occurrence[TermColumns.CountMax];
        var columns = 0;
        foreach (var position in _found.Positions)
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
