namespace AnyFetch.Search.Segments;

/// <summary>Positions of one term in one document, in memory that is used again.</summary>
internal struct PositionList
{
    private uint[]? _positions;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<uint> Positions => _positions.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <summary>Empties it and makes room for so many positions, which must be filled in.</summary>
    public Span<uint> Take(int count)
    {
        if (_positions is null || _positions.Length < count)
            _positions = new uint[Math.Max(16, count * 2)];
        Count = count;
        return _positions.AsSpan(0, count);
    }

    public void Add(uint position)
    {
        if (_positions is null || Count == _positions.Length)
            Array.Resize(ref _positions, Math.Max(16, Count * 2));
        _positions[Count++] = position;
    }

    public readonly void Sort() => _positions.AsSpan(0, Count).Sort();

    /// <summary>Keeps the positions that another list has so many places later.</summary>
    public void KeepFollowed(ReadOnlySpan<uint> other, uint distance)
    {
        var kept = 0;
        var at = 0;
        for (var i = 0; i < Count; i++)
        {
            var wanted = _positions![i] + distance;
            while (at < other.Length && other[at] < wanted)
                at++;
            if (at == other.Length)
                break;
            if (other[at] == wanted)
                _positions[kept++] = _positions[i];
        }

        Count = kept;
    }
}
