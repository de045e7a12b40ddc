using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;

namespace AnyFetch.Search.Indexing;

/// <summary>
/// The rows of one index in memory. One writer at a time; readers take <see cref="Columns"/> after they opened their
/// snapshot of the file and look at nothing that their snapshot does not know.
/// </summary>
internal sealed class RowTable(int rowMax)
{
    private const int CapacityMin = 1024;

    private readonly Dictionary<DocumentId, int> _rows = [];
    private readonly Lock _lock = new();
    private volatile RowColumns _columns = RowColumns.Create(Math.Max(CapacityMin, rowMax + 1));
    private long _textTerms;
    private long _fieldsTerms;

    public RowColumns Columns => _columns;

    public ValueTable<DocumentTypeId> Types { get; } = new();

    public ValueTable<AccessTokenId> Providers { get; } = new();

    public AccessTable Access { get; } = new();

    /// <summary>The last row that was given out; rows begin at 1.</summary>
    public int RowMax { get; private set; } = rowMax;

    /// <summary>Documents that are in the index.</summary>
    public int LiveCount => _rows.Count;

    /// <summary>Rows whose document was replaced or deleted, which still stand in the full-text table.</summary>
    public int RetiredCount => RowMax - LiveCount;

    /// <summary>Average terms of the text and of the other fields, at least 1.</summary>
    public (float Text, float Fields) AverageLengths
    {
        get
        {
            var count = Math.Max(LiveCount, 1);
            return (Math.Max(1f, (float)Interlocked.Read(ref _textTerms) / count),
                Math.Max(1f, (float)Interlocked.Read(ref _fieldsTerms) / count));
        }
    }

    public long ApproximateBytes => (long)_columns.Capacity * RowColumns.RowBytes + LiveCount * 40L;

    /// <summary>The row of a document as the writer sees it, or 0.</summary>
    public int Find(DocumentId id)
    {
        lock (_lock)
            return _rows.GetValueOrDefault(id);
    }

    /// <summary>Takes a row of the file, when the index is opened.</summary>
    public void Load(int row, RowAttributes attributes) => Put(row, attributes);

    /// <summary>Takes a new row, which retires the document's row before it.</summary>
    public int Add(RowAttributes attributes, int commit)
    {
        Retire(attributes.Id, commit);
        var row = ++RowMax;
        Put(row, attributes);
        return row;
    }

    /// <summary>Ends a document's row with a commit; 0 when it has none.</summary>
    public int Retire(DocumentId id, int commit)
    {
        int row;
        lock (_lock)
        {
            if (!_rows.Remove(id, out row))
                return 0;
        }

        var columns = _columns;
        columns.Died[row] = commit;
        Interlocked.Add(ref _textTerms, -columns.TextLengths[row]);
        Interlocked.Add(ref _fieldsTerms, -columns.FieldsLengths[row]);
        return row;
    }

    /// <summary>Replaces what filters and facets see of a row whose terms stay.</summary>
    public void Update(int row, RowAttributes attributes) => Fill(_columns, row, attributes);

    /// <summary>What a row holds now.</summary>
    public RowAttributes Read(int row)
    {
        var c = _columns;
        return new RowAttributes(c.Ids[row], Types[c.Types[row]], Providers[c.Providers[row]], c.Access[row],
            c.Created[row], c.Modified[row], c.Contents[row], c.TextLengths[row], c.FieldsLengths[row], c.Starred[row]);
    }

    private void Put(int row, RowAttributes attributes)
    {
        if (row >= _columns.Capacity)
            _columns = _columns.Grow(Math.Max(row + 1, _columns.Capacity * 3 / 2));
        Fill(_columns, row, attributes);
        _columns.Died[row] = int.MaxValue;
        Interlocked.Add(ref _textTerms, attributes.TextLength);
        Interlocked.Add(ref _fieldsTerms, attributes.FieldsLength);
        lock (_lock)
            _rows[attributes.Id] = row;
    }

    private void Fill(RowColumns columns, int row, RowAttributes attributes)
    {
        columns.Ids[row] = attributes.Id;
        columns.Types[row] = Types.Intern(attributes.Type);
        columns.Providers[row] = Providers.Intern(attributes.Provider);
        columns.Access[row] = attributes.Access;
        columns.Created[row] = attributes.Created;
        columns.Modified[row] = attributes.Modified;
        columns.Months[row] = FacetCounter.Month(attributes.Created);
        columns.Contents[row] = attributes.Content;
        columns.TextLengths[row] = attributes.TextLength;
        columns.FieldsLengths[row] = attributes.FieldsLength;
        columns.Starred[row] = attributes.IsStarred;
    }
}
