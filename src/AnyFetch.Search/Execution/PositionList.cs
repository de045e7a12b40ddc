namespace AnyFetch.Search.Execution;

/// <summary>Positions of a term in one row, in memory that is used again.</summary>
internal sealed class PositionList
{
    private uint[] _positions = new uint[64];
    private int _count;

    /// <summary>The positions, in the order in which they were added or sorted.</summary>
    public ReadOnlySpan<uint> Positions => _positions.AsSpan(0, _count);

    public void Clear() => _count = 0;

    /// <summary>Room for more positions.</summary>
    public Span<uint> Take(int count)
    {
        if (_count + count > _positions.Length)
            Array.Resize(ref _positions, Math.Max(_count + count, _positions.Length * 2));
        _count += count;
        return _positions.AsSpan(_count - count, count);
    }

    public void Sort() => _positions.AsSpan(0, _count).Sort();

    /// <summary>Keeps the positions that another term has so many places later; both in order.</summary>
    public void KeepFollowed(PositionList next, uint distance)
    {
        var others = next.Positions;
        var (kept, other) = (0, 0);
        foreach (var position in Positions)
        {
            while (other < others.Length && others[other] < position + distance)
                other++;
            if (other < others.Length && others[other] == position + distance)
                _positions[kept++] = position;
        }

        _count = kept;
    }
}
