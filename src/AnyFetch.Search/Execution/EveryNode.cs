namespace AnyFetch.Search.Execution;

/// <summary>All required children, none of the excluded. Optional children add, and who has more of them ranks before.</summary>
internal sealed class EveryNode(WindowNode[] required, WindowNode[] optional, WindowNode[] excluded) : WindowNode
{
    private readonly WindowNode[] _required = [.. required];
    private readonly Window _found = new();
    private readonly Window _other = new();
    private readonly LooseSum? _loose = optional.Length == 0 ? null : new LooseSum(optional);

    public override long Cost => _required[0].Cost;

    public override void Enter(int segment)
    {
        EnterAll(_required, segment);
        EnterAll(optional, segment);
        EnterAll(excluded, segment);
        Array.Sort(_required, (a, b) => a.Cost.CompareTo(b.Cost));
    }

    public override int Seek(int row)
    {
        foreach (var child in _required)
            row = Math.Max(row, child.Seek(row));
        return row;
    }

    public override float Bound(int start)
    {
        var sum = 0f;
        foreach (var child in _required)
            sum += child.Bound(start);
        return _loose is null ? sum : LooseSum.Bound(sum + _loose.ChildrenBound(start), optional.Length + 1);
    }

    public override void Fill(Window window, ReadOnlySpan<ulong> mask)
    {
        _found.BeginLike(window);
        _required[0].Fill(_found, mask);
        for (var i = 1; i < _required.Length; i++)
        {
            if (_found.IsEmpty)
                return;
            _other.BeginLike(window);
            _required[i].Fill(_other, _found.Bits);
            _found.Intersect(_other);
        }

        foreach (var child in excluded)
        {
            _other.Begin(window.Start, isScored: false);
            child.Fill(_other, _found.Bits);
            _found.Except(_other);
        }

        if (_loose is not null && window.IsScored)
            _loose.AddTo(_found, _found.Bits, found: 1);
        window.Add(_found);
    }
}
