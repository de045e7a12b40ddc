using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Writing;

/// <summary>
/// Makes one segment of several: their live rows one after the other, their terms merged. Postings are decoded only to give
/// rows and patterns their new numbers; positions are copied as they are.
/// </summary>
internal sealed unsafe class SegmentMerger
{
    private readonly IReadOnlyList<SegmentRows> _sources;
    private readonly ColumnSet _columns = new();
    private readonly int[][] _rows;
    private readonly int[][] _patterns;
    private readonly PatternTable _table;
    private readonly PostingsCursor _postings = new();

    private SegmentMerger(IReadOnlyList<SegmentRows> sources)
    {
        _sources = sources;
        _rows = [.. sources.Select(AddColumns)];
        var table = new PatternTable();
        var numbers = sources.Select(s => table.Add(s.Segment.Patterns)).ToArray();
        var (ranked, places) = table.Ranked();
        _table = ranked;
        _patterns = [.. numbers.Select(n => Array.ConvertAll(n, i => places[i]))];
    }

    /// <summary>Merges into a sink.</summary>
    /// <returns>How many rows were written.</returns>
    public static int Merge(IReadOnlyList<SegmentRows> sources, ByteSink sink, CancellationToken cancellationToken)
    {
        var merger = new SegmentMerger(sources);
        using var writer = new SegmentWriter(sink, merger._columns, merger._table);
        merger.WriteTerms(writer, cancellationToken);
        writer.End();
        return merger._columns.RowCount;
    }

    /// <summary>Merges in memory.</summary>
    public static Segment Merge(IReadOnlyList<SegmentRows> sources, CancellationToken cancellationToken)
    {
        using var sink = new ByteSink();
        Merge(sources, sink, cancellationToken);
        return Segment.Read(sink);
    }

    /// <summary>Adds the live rows of a segment; returns the new number of each row, -1 for dead ones.</summary>
    private int[] AddColumns(SegmentRows source)
    {
        var s = source.Segment;
        var rows = new int[s.RowCount];
        for (var row = 0; row < rows.Length; row++)
        {
            if (!source.IsLive(row))
            {
                rows[row] = -1;
                continue;
            }

            rows[row] = _columns.RowCount;
            _columns.Add(new RowValues(
                s.Id(row).Value,
                s.TypeValues[s.Types[row]].Value,
                s.ProviderValues[s.Providers[row]].Value,
                s.AccessValues[s.Access[row]],
                s.Created[row],
                s.Modified[row],
                s.TextLengths[row],
                s.FieldsLengths[row],
                s.Starred is not null && s.Starred[row] != 0));
        }

        return rows;
    }

    private void WriteTerms(SegmentWriter writer, CancellationToken cancellationToken)
    {
        var cursors = _sources.Select(s => new TermCursor(s.Segment.Terms)).ToArray();
        var isIn = cursors.Select(c => c.MoveNext()).ToArray();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var least = Least(cursors, isIn);
            if (least < 0)
                return;
            writer.BeginTerm(cursors[least].Term);
            WriteTerm(writer, cursors, isIn, least);
            writer.EndTerm();
        }
    }

    private void WriteTerm(SegmentWriter writer, TermCursor[] cursors, bool[] isIn, int least)
    {
        Span<byte> term = stackalloc byte[TermDictionary.TermBytesMax];
        cursors[least].Term.CopyTo(term);
        term = term[..cursors[least].Term.Length];
        for (var i = least; i < cursors.Length; i++)
        {
            if (!isIn[i] || !cursors[i].Term.SequenceEqual(term))
                continue;
            Copy(writer, i, cursors[i].Info);
            isIn[i] = cursors[i].MoveNext();
        }
    }

    /// <summary>The first cursor with the least term; -1 when all are at their end.</summary>
    private static int Least(TermCursor[] cursors, bool[] isIn)
    {
        var least = -1;
        for (var i = 0; i < cursors.Length; i++)
        {
            if (isIn[i] && (least < 0 || cursors[i].Term.SequenceCompareTo(cursors[least].Term) < 0))
                least = i;
        }

        return least;
    }

    private void Copy(SegmentWriter writer, int source, TermInfo term)
    {
        var postings = _postings.Open(_sources[source].Segment, term);
        var rows = _rows[source];
        var patterns = _patterns[source];
        for (var row = postings.Advance(0); row != PostingsCursor.End; row = postings.Advance(row + 1))
        {
            if (rows[row] >= 0)
                writer.AddEncoded(rows[row], patterns[postings.Pattern], postings.PositionValues());
        }
    }
}
