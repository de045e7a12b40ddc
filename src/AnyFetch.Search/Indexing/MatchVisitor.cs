namespace AnyFetch.Search.Indexing;

/// <summary>Looks at each match of a full-text query while SQLite stands on it.</summary>
internal abstract unsafe class MatchVisitor(RowFilter filter)
{
    /// <summary>True when it has seen enough; the query ends then.</summary>
    public bool IsDone { get; protected set; }

    /// <summary>Called for every match, in the order of rows.</summary>
    public void Visit(Fts5Api* api, nint context)
    {
        var row = api->RowId(context);
        if (filter.Passes(row))
            Take((int)row, api, context);
    }

    /// <summary>Called for the matches that pass the filter.</summary>
    protected abstract void Take(int row, Fts5Api* api, nint context);
}

/// <summary>Counts matches.</summary>
internal sealed unsafe class CountVisitor(RowFilter filter) : MatchVisitor(filter)
{
    public int Count { get; private set; }

    protected override void Take(int row, Fts5Api* api, nint context) => Count++;
}
