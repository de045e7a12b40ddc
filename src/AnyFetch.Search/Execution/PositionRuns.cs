using System.Runtime.CompilerServices;

namespace AnyFetch.Search.Execution;

/// <summary>The positions of a term in many rows, one row's behind the other's, in memory that is used again.</summary>
internal sealed class PositionRuns
{
    private uint[] _positions = new uint[1_024];
    private int[] _ends = new int[256];
    private int _count;

    /// <summary>Rows.</summary>
    public int Count { get; private set; }

    /// <summary>The positions in a row, ascending.</summary>
    public ReadOnlySpan<uint> this[int row] => _positions.AsSpan((row == 0 ? 0 : _ends[row - 1]).._ends[row]);

    public void Clear() => (_count, Count) = (0, 0);

    /// <summary>Adds a row with a single position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddRow(uint position)
    {
        var (positions, ends) = (_positions, _ends);
        if (_count == positions.Length || Count == ends.Length)
        {
            Take(1)[0] = position;
            End();
            return;
        }

        positions[_count++] = position;
        ends[Count++] = _count;
    }

    /// <summary>Room for positions of the row that is to be ended next.</summary>
    public Span<uint> Take(int count)
    {
        if (_count + count > _positions.Length)
            Array.Resize(ref _positions, Math.Max(_count + count, _positions.Length * 2));
        _count += count;
        return _positions.AsSpan(_count - count, count);
    }

    /// <summary>Ends a row.</summary>
    public void End()
    {
        if (Count == _ends.Length)
            Array.Resize(ref _ends, Count * 2);
        _ends[Count++] = _count;
    }

    /// <summary>Sorts what was added since the last row's end.</summary>
    public void Sort() => _positions.AsSpan((Count == 0 ? 0 : _ends[Count - 1]).._count).Sort();

    /// <summary>
    /// Keeps of each row the positions that another term has so many places later, and of the rows those that keep some.
    /// </summary>
    /// <param name="next">The other term's, in the same rows.</param>
    /// <param name="distance">How many places later.</param>
    /// <param name="rows">The rows, which are kept with them.</param>
    public void KeepFollowed(PositionRuns next, uint distance, Span<int> rows)
    {
        var (kept, keptRows) = (0, 0);
        for (int row = 0, at = 0, other = 0; row < Count; row++)
        {
            var before = kept;
            for (; at < _ends[row]; at++)
            {
                var wanted = _positions[at] + distance;
                while (other < next._ends[row] && next._positions[other] < wanted)
                    other++;
                if (other < next._ends[row] && next._positions[other] == wanted)
                    _positions[kept++] = _positions[at];
            }

            other = next._ends[row];
            if (kept == before)
                continue;
            rows[keptRows] = rows[row];
            _ends[keptRows++] = kept;
        }

        (_count, Count) = (kept, keptRows);
    }
}
