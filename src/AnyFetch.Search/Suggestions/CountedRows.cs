using System.Numerics;
using AnyFetch.Core.Users;
using AnyFetch.Search.Execution;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Suggestions;

/// <summary>
/// The documents that suggestions are drawn from: those that the user may see, and if more was typed than one word, those of
/// them that have the rest. Counts how many of them have a term, within a bound on the work.
/// </summary>
internal sealed class CountedRows
{
    /// <summary>Rows of one term in one segment that are looked at; of longer lists, blocks spread over all of it.</summary>
    private const int RowsPerTermMax = 4_096;

    /// <summary>Rows that are looked at altogether.</summary>
    private const int RowsMax = 1_500_000;

    private readonly IndexSnapshot _snapshot;
    private readonly ulong[][] _rows;
    private readonly PostingsCursor _postings = new();
    private int _looked;

    /// <param name="snapshot">The index.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="rest">What the documents must have besides; null for nothing.</param>
    public CountedRows(IndexSnapshot snapshot, UserId viewer, WindowNode? rest)
    {
        _snapshot = snapshot;
        _rows = new ulong[snapshot.Segments.Count][];
        for (var i = 0; i < _rows.Length; i++)
            _rows[i] = Rows(i, viewer, rest);
    }

    /// <summary>True when no more terms can be looked at.</summary>
    public bool IsExhausted => _looked >= RowsMax;

    /// <summary>How many of the documents have a term, and one of them; null when none of those looked at has.</summary>
    /// <param name="name">The term for whoever gets the answer.</param>
    /// <param name="terms">Where it is, by segment.</param>
    public Proposal? Count(string name, ReadOnlySpan<TermInfo> terms)
    {
        var count = 0L;
        (int Segment, int Row) sample = (-1, -1);
        for (var i = 0; i < terms.Length; i++)
        {
            if (terms[i].Frequency == 0)
                continue;
            count += Count(i, terms[i], out var row);
            if (row >= 0)
                sample = (i, row);
        }

        return sample.Row < 0 ? null : new Proposal(name, count, _snapshot.Segments[sample.Segment].Segment.Id(sample.Row));
    }

    private long Count(int segment, TermInfo term, out int sample)
    {
        sample = -1;
        var rows = _rows[segment];
        var postings = _postings.Open(_snapshot.Segments[segment].Segment, term);
        var blocks = Math.Max(1, (term.Frequency + BitPacking.BlockSize - 1) / BitPacking.BlockSize);
        var step = Math.Max(1, blocks / (RowsPerTermMax / BitPacking.BlockSize));
        var (count, looked) = (0L, 0);
        Span<ulong> places = stackalloc ulong[PostingsCursor.PlaceWords];
        for (var block = 0; block < blocks; block += step)
        {
            postings.GoToBlock(block);
            postings.DecodeBlock();
            postings.FindPlaces(0, rows, places);
            for (var word = 0; word < places.Length; word++)
            {
                count += BitOperations.PopCount(places[word]);
                if (places[word] != 0)
                    sample = postings.Rows[(word << 6) + BitOperations.Log2(places[word])];
            }

            looked += postings.Rows.Length;
        }

        _looked += looked;
        return looked == 0 ? 0 : count * Math.Max(term.Frequency, looked) / looked;
    }

    private ulong[] Rows(int number, UserId viewer, WindowNode? rest)
    {
        var segment = _snapshot.Segments[number];
        var rows = new ulong[(segment.Segment.RowCount + 63) >> 6];
        var visible = segment.Segment.Visible.Of(viewer, segment.Segment);
        for (var i = 0; i < rows.Length; i++)
            rows[i] = (segment.Live?[i] ?? ulong.MaxValue) & (visible?[i] ?? ulong.MaxValue);
        if (rest is not null)
            Keep(rows, number, rest);
        return rows;
    }

    private void Keep(ulong[] rows, int number, WindowNode rest)
    {
        var rowCount = _snapshot.Segments[number].Segment.RowCount;
        var window = new Window();
        var mask = new ulong[Window.WordCount];
        rest.Enter(number);
        for (var start = 0; start < rowCount; start += Window.RowCount)
        {
            var words = rows.AsSpan(start >> 6, Math.Min(Window.WordCount, rows.Length - (start >> 6)));
            mask.AsSpan().Clear();
            words.CopyTo(mask);
            window.Begin(start, isScored: false);
            if (rest.Seek(start) < start + Window.RowCount)
                rest.Fill(window, mask);
            window.Bits[..words.Length].CopyTo(words);
        }
    }
}
