using System.Collections.Concurrent;
using AnyFetch.Core.Users;

namespace AnyFetch.Search.Segments;

/// <summary>Remembers which rows of a segment its last viewers may see, one bit for each row.</summary>
internal sealed class VisibleRows
{
    /// <summary>Viewers that are remembered.</summary>
    private const int ViewersMax = 32;

    private readonly ConcurrentDictionary<UserId, ulong[]> _rows = [];

    /// <summary>Memory of what is remembered, in bytes.</summary>
    public long ByteCount => _rows.Values.Sum(r => r.LongLength * sizeof(ulong));

    /// <summary>The rows that a user may see; null when these are all.</summary>
    public ulong[]? Of(UserId viewer, Segment segment)
    {
        if (segment.AccessValues.Count == 1)
            return null;
        if (_rows.TryGetValue(viewer, out var known))
            return known;
        if (_rows.Count >= ViewersMax)
            _rows.Clear();
        return _rows[viewer] = Make(segment, segment.AccessValues.Mark(viewer));
    }

    private static ulong[] Make(Segment segment, bool[] marks)
    {
        var rows = new ulong[(segment.RowCount + 63) >> 6];
        var access = segment.Access;
        for (var row = 0; row < segment.RowCount; row++)
        {
            if (marks[access[row]])
                rows[row >> 6] |= 1UL << row;
        }

        return rows;
    }
}
