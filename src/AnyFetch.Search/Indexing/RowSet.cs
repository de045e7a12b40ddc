namespace AnyFetch.Search.Indexing;

/// <summary>A set of rows, one bit each.</summary>
internal sealed class RowSet(int rowMax)
{
    private readonly ulong[] _bits = new ulong[(rowMax >> 6) + 1];

    public void Add(int row) => _bits[row >> 6] |= 1UL << row;

    public bool Contains(int row) => (_bits[row >> 6] >> row & 1) != 0;
}
