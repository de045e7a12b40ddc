using AnyFetch.Core.Documents;

namespace AnyFetch.Search.Segments;

/// <summary>A segment with those of its rows that count at some moment. Immutable: changes make another.</summary>
internal sealed unsafe class SegmentRows
{
    private SegmentRows(Segment segment, ulong[]? live, int liveCount, long textTerms, long fieldsTerms) =>
        (Segment, Live, LiveCount, TextTerms, FieldsTerms) = (segment, live, liveCount, textTerms, fieldsTerms);

    public Segment Segment { get; }

    /// <summary>One bit for each row that counts; null when all do.</summary>
    public ulong[]? Live { get; }

    public int LiveCount { get; }

    /// <summary>Terms in the texts of the live rows.</summary>
    public long TextTerms { get; }

    /// <summary>Terms in the other columns of the live rows.</summary>
    public long FieldsTerms { get; }

    public bool IsLive(int row) => Live is null || (Live[row >> 6] >> row & 1) != 0;

    /// <summary>The live ones of some rows.</summary>
    /// <param name="start">The first; a multiple of 64.</param>
    /// <param name="bits">Gets a bit for each, 0 for those behind the last of the segment.</param>
    public void CopyLive(int start, Span<ulong> bits)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            var left = Segment.RowCount - start - (i << 6);
            bits[i] = left >= 64 ? ulong.MaxValue : left > 0 ? (1UL << left) - 1 : 0;
            if (Live is not null && left > 0)
                bits[i] &= Live[(start >> 6) + i];
        }
    }

    /// <summary>All rows of a segment.</summary>
    public static SegmentRows All(Segment segment) =>
        new(segment, null, segment.RowCount, segment.TextTerms, segment.FieldsTerms);

    /// <summary>The rows of a segment that a bitmap has.</summary>
    public static SegmentRows Of(Segment segment, ulong[] live)
    {
        var dead = new List<int>();
        for (var row = 0; row < segment.RowCount; row++)
        {
            if ((live[row >> 6] >> row & 1) == 0)
                dead.Add(row);
        }

        return All(segment).Without(dead);
    }

    /// <summary>The same without some rows; those that are dead already do no harm.</summary>
    public SegmentRows Without(IReadOnlyCollection<int> rows)
    {
        if (rows.Count == 0)
            return this;
        var live = Live is null ? Full(Segment.RowCount) : (ulong[])Live.Clone();
        var (count, text, fields) = (LiveCount, TextTerms, FieldsTerms);
        foreach (var row in rows)
        {
            var bit = 1UL << row;
            if ((live[row >> 6] & bit) == 0)
                continue;
            live[row >> 6] &= ~bit;
            count--;
            text -= Segment.TextLengths[row];
            fields -= Segment.FieldsLengths[row];
        }

        return new SegmentRows(Segment, live, count, text, fields);
    }

    /// <summary>The live row of a document, or -1.</summary>
    public int Find(DocumentId id) => Segment.Find(id) is var row and >= 0 && IsLive(row) ? row : -1;

    /// <summary>Rows that were live before and are not now.</summary>
    public List<int> DiedSince(SegmentRows before)
    {
        var died = new List<int>();
        if (Live is null)
            return died;
        for (var word = 0; word < Live.Length; word++)
        {
            var bits = (before.Live is null ? ulong.MaxValue : before.Live[word]) & ~Live[word];
            for (; bits != 0; bits &= bits - 1)
            {
                var row = (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(bits);
                if (row < Segment.RowCount)
                    died.Add(row);
            }
        }

        return died;
    }

    private static ulong[] Full(int rows)
    {
        var live = new ulong[(rows + 63) >> 6];
        Array.Fill(live, ulong.MaxValue);
        if ((rows & 63) != 0)
            live[^1] = (1UL << rows) - 1;
        return live;
    }
}
