using AnyFetch.Search.Indexing;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>
/// Finds phrases: rows that have all terms, the rarest looked at first, and among them those where the terms follow one
/// another.
/// </summary>
internal sealed unsafe class PhraseFinder(LengthNorms norms, CancellationToken cancellationToken)
{
    private const int CancellationRows = 4_096;

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

        var byRarity = slots.OrderBy(s => s.Frequency).ToArray();
        var looked = 0;
        for (var row = byRarity[0].Advance(0); row != PostingsCursor.End;)
        {
            if (++looked % CancellationRows == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var common = Common(byRarity, row);
            if (common == row)
            {
                if (rows.IsLive(row) && Worth(rows.Segment, slots, row, isTextOnly) is var worth and >= 0)
                    matches.Add(row, worth);
                common++;
            }

            row = common == PostingsCursor.End ? common : byRarity[0].Advance(common);
        }

        return matches;
    }

    /// <summary>The row, when all slots have it; otherwise a later one before which none is common.</summary>
    private static int Common(PhraseSlot[] slots, int row)
    {
        for (var i = 1; i < slots.Length; i++)
        {
            if (slots[i].Advance(row) is var next && next > row)
                return next;
        }

        return row;
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
