namespace AnyFetch.Search.Indexing;

/// <summary>Which rows a search may find: those alive in its snapshot, open to the user, and within its filters.</summary>
internal sealed class RowFilter
{
    public required RowColumns Rows { get; init; }

    /// <summary>The last row of the snapshot.</summary>
    public required int RowMax { get; init; }

    /// <summary>The commit of the snapshot.</summary>
    public required int Commit { get; init; }

    /// <summary>Null for any; otherwise by access set.</summary>
    public bool[]? Access { get; init; }

    /// <summary>Null for any; otherwise by type.</summary>
    public bool[]? Types { get; init; }

    /// <summary>Null for any; otherwise by provider.</summary>
    public bool[]? Providers { get; init; }

    /// <summary>Lower bound of the creation date in UTC ticks, inclusive.</summary>
    public long CreatedMin { get; init; } = long.MinValue;

    /// <summary>Upper bound of the creation date in UTC ticks, exclusive.</summary>
    public long CreatedBefore { get; init; } = long.MaxValue;

    /// <summary>Null for any.</summary>
    public RowSet? Ids { get; init; }

    /// <summary>Sets of rows that must, or must not, contain the row.</summary>
    public List<(RowSet Rows, bool IsWanted)> Sets { get; } = [];

    /// <summary>A row that is written in a later commit, or dead, passes no filter.</summary>
    public bool IsAlive(long row) => (ulong)row <= (ulong)RowMax && Rows.Died[row] > Commit;

    public bool Passes(long row)
    {
        if (!IsAlive(row))
            return false;
        var created = Rows.Created[row];
        if (!IsMarked(Access, Rows.Access[row]) || !IsMarked(Types, Rows.Types[row])
            || !IsMarked(Providers, Rows.Providers[row]) || created < CreatedMin || created >= CreatedBefore
            || Ids is not null && !Ids.Contains((int)row))
        {
            return false;
        }

        foreach (var (rows, isWanted) in Sets)
        {
            if (rows.Contains((int)row) != isWanted)
                return false;
        }

        return true;
    }

    /// <summary>A number given out after the marks were made is none of those that were asked for.</summary>
    private static bool IsMarked(bool[]? marks, int number) =>
        marks is null || number < marks.Length && marks[number];
}
