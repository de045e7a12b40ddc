using System.Numerics;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Search;
using AnyFetch.Core.Users;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Execution;

/// <summary>
/// Which rows a search may find: live, visible to the user, and within its filters. Bitmaps decide first, conditions on
/// metadata next; what costs a look at a column is asked last, of matches only.
/// </summary>
internal sealed unsafe class SearchScope(
    IndexSnapshot snapshot, SearchRequest request, IReadOnlyList<(WindowNode Node, bool IsWanted)> conditions)
{
    private readonly HashSet<DocumentTypeId>? _types = request.Types?.ToHashSet();
    private readonly HashSet<AccessTokenId>? _providers = request.Providers?.ToHashSet();
    private readonly Window _condition = new();
    private readonly long _createdMin = request.After?.UtcTicks ?? long.MinValue;
    private readonly long _createdBefore = request.Before?.UtcTicks ?? long.MaxValue;
    private readonly bool _isDated = request.After is not null || request.Before is not null;
    private SegmentRows _rows = null!;
    private ulong[]? _visible;
    private ulong[]? _ids;
    private bool[]? _typeMarks;
    private bool[]? _providerMarks;

    /// <summary>True when some filter must be asked of each match.</summary>
    private bool HasColumnFilters => _typeMarks is not null || _providerMarks is not null || _isDated;

    /// <summary>Goes to a segment.</summary>
    public void Enter(int segment)
    {
        _rows = snapshot.Segments[segment];
        _visible = _rows.Segment.Visible.Of(request.Viewer, _rows.Segment);
        _ids = request.Ids is { } ids ? Find(ids) : null;
        _typeMarks = _types is null ? null : [.. _rows.Segment.TypeValues.Select(_types.Contains)];
        _providerMarks = _providers is null ? null : [.. _rows.Segment.ProviderValues.Select(_providers.Contains)];
        foreach (var (node, _) in conditions)
            node.Enter(segment);
    }

    /// <summary>The rows of a window that may be found so far; false when there are none.</summary>
    public bool FillMask(int start, Span<ulong> mask)
    {
        _rows.CopyLive(start, mask);
        And(mask, _visible, start);
        And(mask, _ids, start);
        foreach (var (node, isWanted) in conditions)
        {
            _condition.Begin(start, isScored: false);
            node.Fill(_condition, mask);
            for (var i = 0; i < mask.Length; i++)
                mask[i] &= isWanted ? _condition.Bits[i] : ~_condition.Bits[i];
        }

        return mask.IndexOfAnyExcept(0UL) >= 0;
    }

    /// <summary>Drops matches that the columns rule out.</summary>
    public void Narrow(Window window)
    {
        if (!HasColumnFilters)
            return;
        var bits = window.Bits;
        for (var i = 0; i < bits.Length; i++)
        {
            for (var left = bits[i]; left != 0; left &= left - 1)
            {
                if (!Passes(window.Start + (i << 6) + BitOperations.TrailingZeroCount(left)))
                    bits[i] &= ~(left & (~left + 1));
            }
        }
    }

    private bool Passes(int row)
    {
        var segment = _rows.Segment;
        if (_typeMarks is not null && !_typeMarks[segment.Types[row]])
            return false;
        if (_providerMarks is not null && !_providerMarks[segment.Providers[row]])
            return false;
        return !_isDated || segment.Created[row] >= _createdMin && segment.Created[row] < _createdBefore;
    }

    private static void And(Span<ulong> mask, ulong[]? rows, int start)
    {
        if (rows is null)
            return;
        var words = rows.AsSpan(start >> 6);
        for (var i = 0; i < mask.Length; i++)
            mask[i] &= i < words.Length ? words[i] : 0;
    }

    private ulong[] Find(IReadOnlyList<DocumentId> ids)
    {
        var rows = new ulong[(_rows.Segment.RowCount + 63) >> 6];
        foreach (var id in ids)
        {
            if (_rows.Find(id) is var row and >= 0)
                rows[row >> 6] |= 1UL << row;
        }

        return rows;
    }
}
