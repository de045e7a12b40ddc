using AnyFetch.Core.Documents;
using AnyFetch.Core.Ids;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Writing;

/// <summary>
/// Makes a segment in memory from documents: notes every term with its document and position, sorts the notes by term,
/// and writes them. Keeps its buffers from batch to batch; one thread at a time.
/// </summary>
internal sealed class SegmentBuilder
{
    private readonly DocumentTerms _terms = new();
    private readonly TermTable _table = new();
    private ColumnSet _columns = new();
    private int[] _noteTerms = new int[1 << 14];
    private int[] _noteRows = new int[1 << 14];
    private uint[] _notePositions = new uint[1 << 14];
    private int _noteCount;
    private int[] _rows = [];
    private uint[] _positions = [];

    /// <summary>Memory of its buffers.</summary>
    public long BufferBytes => 4L * (3 * _noteTerms.Length + 2 * _rows.Length) + _table.BufferBytes;

    public int RowCount => _columns.RowCount;

    /// <summary>Adds a document as the next row. When that fails, the builder is as it was before.</summary>
    public void Add(Document document, FieldMapping mapping)
    {
        _terms.Read(document.Metadata, mapping);
        var row = new RowValues(
            document.Id.Value,
            document.Type.Value,
            document.Provider.Value,
            Users(document),
            document.CreationDate.UtcTicks,
            document.ModificationDate.UtcTicks,
            (ushort)Math.Min(_terms.TextLength, ushort.MaxValue),
            (ushort)Math.Min(_terms.FieldsLength, ushort.MaxValue),
            _terms.IsStarred);
        var noteCount = _noteCount;
        try
        {
            for (var column = 0; column < TermColumns.Count; column++)
                AddColumn(_columns.RowCount, column, _terms.Columns[column].Utf8);
            _columns.Add(row);
        }
        catch
        {
            _noteCount = noteCount;
            throw;
        }
    }

    /// <summary>The segment of what was added; the builder is empty again.</summary>
    public Segment Build()
    {
        if (_rows.Length < _noteCount)
            (_rows, _positions) = (new int[_noteTerms.Length], new uint[_noteTerms.Length]);
        var (rows, positions) = (_rows, _positions);
        var ends = SortByTerm(rows, positions);
        var order = _table.Sorted();
        var patterns = new PatternTable();
        var postingPatterns = CountPatterns(patterns, rows, positions, ends, order);
        var (ranked, numbers) = patterns.Ranked();
        using var sink = new ByteSink();
        using var writer = new SegmentWriter(sink, _columns, ranked);
        var posting = 0;
        foreach (var term in order)
        {
            writer.BeginTerm(_table[term]);
            for (int at = term == 0 ? 0 : ends[term - 1], end = ends[term]; at < end;)
            {
                var next = EndOfRow(rows, at, end);
                writer.Add(rows[at], numbers[postingPatterns[posting++]], positions.AsSpan(at, next - at));
                at = next;
            }

            writer.EndTerm();
        }

        writer.End();
        Clear();
        return Segment.Read(sink);
    }

    /// <summary>Forgets what was added.</summary>
    public void Clear()
    {
        _columns = new ColumnSet();
        _table.Clear();
        _noteCount = 0;
    }

    private static ObjectId[]? Users(Document document) =>
        document.UserAccess is { } users ? [.. users.Select(u => u.Value).Distinct().Order()] : null;

    private void AddColumn(int row, int column, ReadOnlySpan<byte> terms)
    {
        for (var place = 0; !terms.IsEmpty; place++)
        {
            var end = terms.IndexOf((byte)' ');
            var term = terms[..end];
            terms = terms[(end + 1)..];
            if (!term.SequenceEqual("\u0080"u8) && !term.SequenceEqual("\u0084"u8))
                Note(_table.Intern(term), row, TermPosition.Of(column, place));
        }
    }

    private void Note(int term, int row, uint position)
    {
        if (_noteCount == _noteTerms.Length)
        {
            Array.Resize(ref _noteTerms, _noteCount * 2);
            Array.Resize(ref _noteRows, _noteCount * 2);
            Array.Resize(ref _notePositions, _noteCount * 2);
        }

        _noteTerms[_noteCount] = term;
        _noteRows[_noteCount] = row;
        _notePositions[_noteCount++] = position;
    }

    /// <summary>Brings the notes of each term together, in the order of rows; returns where each term's end.</summary>
    private int[] SortByTerm(int[] rows, uint[] positions)
    {
        var ends = new int[_table.Count];
        for (var i = 0; i < _noteCount; i++)
            ends[_noteTerms[i]]++;
        var start = 0;
        for (var term = 0; term < ends.Length; term++)
            (ends[term], start) = (start, start + ends[term]);
        for (var i = 0; i < _noteCount; i++)
        {
            var place = ends[_noteTerms[i]]++;
            rows[place] = _noteRows[i];
            positions[place] = _notePositions[i];
        }

        return ends;
    }

    /// <summary>The pattern of each posting, in the order in which they are written.</summary>
    private static List<int> CountPatterns(PatternTable patterns, int[] rows, uint[] positions, int[] ends, int[] order)
    {
        var numbers = new List<int>(ends.Length == 0 ? 0 : ends[^1]);
        foreach (var term in order)
        {
            for (int at = term == 0 ? 0 : ends[term - 1], end = ends[term]; at < end;)
            {
                var next = EndOfRow(rows, at, end);
                var number = patterns.Intern(positions.AsSpan(at, next - at));
                patterns.Use(number);
                numbers.Add(number);
                at = next;
            }
        }

        return numbers;
    }

    private static int EndOfRow(int[] rows, int at, int end)
    {
        var next = at + 1;
        while (next < end && rows[next] == rows[at])
            next++;
        return next;
    }
}
