using System.Runtime.InteropServices;
using AnyFetch.Core.Ids;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Writing;

/// <summary>
/// Writes a segment from its terms in order, each with its postings in order. The columns and patterns are known before,
/// so that each block of postings gets its bound on the way.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly ByteSink _sink;
    private readonly ColumnSet _columns;
    private readonly PatternTable _patterns;
    private readonly PostingsWriter _postings;
    private readonly TermBlockWriter _terms;
    private readonly SegmentFooter _footer;
    private int[] _values = new int[64];
    private readonly List<ulong> _exactValues = [];
    private ulong? _exactValue;
    private bool _isPlaceless;

    public SegmentWriter(ByteSink sink, ColumnSet columns, PatternTable patterns)
    {
        (_sink, _columns, _patterns) = (sink, columns, patterns);
        _postings = new PostingsWriter(columns, patterns);
        _terms = new TermBlockWriter();
        _footer = new SegmentFooter
        {
            RowCount = columns.RowCount,
            TextTerms = columns.TextTerms,
            FieldsTerms = columns.FieldsTerms,
        };
    }

    public void BeginTerm(ReadOnlySpan<byte> term)
    {
        _isPlaceless = KeyCode.IsPlaceless(term);
        _exactValue = _isPlaceless ? KeyCode.ExactHash(term) : null;
        _terms.Begin(term);
    }

    /// <summary>Adds a posting with positions that are ascending.</summary>
    public void Add(int row, int pattern, ReadOnlySpan<uint> positions)
    {
        if (_isPlaceless)
            positions = default;
        if (_values.Length < positions.Length)
            _values = new int[positions.Length * 2];
        var column = -1;
        uint place = 0;
        for (var i = 0; i < positions.Length; i++)
        {
            if (TermPosition.Column(positions[i]) != column)
                (column, place) = (TermPosition.Column(positions[i]), 0);
            _values[i] = (int)(TermPosition.Place(positions[i]) - place);
            place = TermPosition.Place(positions[i]);
        }

        _postings.Add(row, pattern, _values.AsSpan(0, positions.Length));
    }

    /// <summary>Adds a posting whose positions are as a segment stores them.</summary>
    public void AddEncoded(int row, int pattern, ReadOnlySpan<int> positions) => _postings.Add(row, pattern, positions);

    /// <summary>Ends a term; one without postings leaves no trace.</summary>
    public void EndTerm()
    {
        var start = _sink.Position;
        var info = _postings.End(_sink) with { Offset = start };
        if (info.Frequency == 0)
            return;
        _terms.End(info);
        if (_exactValue is { } value)
            _exactValues.Add(value);
    }

    /// <summary>Writes the rest.</summary>
    public void End()
    {
        _footer.Set(SegmentSection.Postings, 0, _sink.Position);
        _terms.Finish();
        Write(SegmentSection.TermBlocks, () => _sink.Write(_terms.Blocks));
        Write(SegmentSection.TermBlockStarts, () => _sink.Write(MemoryMarshal.AsBytes(_terms.Starts)));
        Write(SegmentSection.Patterns, () => _patterns.Write(_sink));
        WriteColumns();
        Write(SegmentSection.TypeValues, () => WriteIds(_columns.TypeValues));
        Write(SegmentSection.ProviderValues, () => WriteIds(_columns.ProviderValues));
        Write(SegmentSection.AccessValues, WriteAccess);
        Write(SegmentSection.ExactValues, () => ExactFilter.Write(_sink, CollectionsMarshal.AsSpan(_exactValues)));
        _sink.Align();
        _footer.Write(_sink);
    }

    public void Dispose()
    {
        _postings.Dispose();
        _terms.Dispose();
    }

    private void WriteColumns()
    {
        var ids = CollectionsMarshal.AsSpan(_columns.Ids).ToArray();
        Write(SegmentSection.Ids, () => WriteIds(ids));
        Write(SegmentSection.IdTable, () => _sink.Write(MemoryMarshal.AsBytes<uint>(IdTable.Build(ids))));
        Write(SegmentSection.Created, () => DateColumn.Write(_sink, CollectionsMarshal.AsSpan(_columns.Created)));
        Write(SegmentSection.Modified, () => DateColumn.Write(_sink, CollectionsMarshal.AsSpan(_columns.Modified)));
        Write(SegmentSection.Types, () => NumberColumn.Write(_sink, CollectionsMarshal.AsSpan(_columns.Types)));
        Write(SegmentSection.Providers, () => NumberColumn.Write(_sink, CollectionsMarshal.AsSpan(_columns.Providers)));
        Write(SegmentSection.Access, () => NumberColumn.Write(_sink, CollectionsMarshal.AsSpan(_columns.Access)));
        Write(SegmentSection.Months, () => NumberColumn.Write(_sink, CollectionsMarshal.AsSpan(_columns.Months)));
        Write(SegmentSection.TextLengths,
            () => _sink.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_columns.TextLengths))));
        Write(SegmentSection.FieldsLengths,
            () => _sink.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_columns.FieldsLengths))));
        if (_columns.HasStarred)
            Write(SegmentSection.Starred, () => _sink.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_columns.Starred))));
    }

    private void Write(SegmentSection section, Action write)
    {
        _sink.Align();
        var start = _sink.Position;
        write();
        _footer.Set(section, start, _sink.Position - start);
    }

    private void WriteIds(IReadOnlyList<ObjectId> ids)
    {
        foreach (var id in ids)
            id.Write(_sink.Take(ObjectId.ByteCount));
    }

    private void WriteAccess()
    {
        foreach (var users in _columns.AccessValues)
        {
            _sink.WriteVarint((ulong)users.Count);
            WriteIds(users);
        }
    }
}
