namespace AnyFetch.Search.Execution;

/// <summary>The words of a loose query: a row with more of them never comes behind one with fewer.</summary>
internal sealed class LooseNode(WindowNode[] children) : WindowNode
{
    private readonly Window _found = new();
    private readonly LooseSum _sum = new(children);

    public override long Cost => children.Sum(c => c.Cost);

    public override void Enter(int segment) => EnterAll(children, segment);

    public override int Seek(int row) => SeekAny(children, row);

    public override float Bound(int start) => LooseSum.Bound(_sum.ChildrenBound(start), children.Length);

    public override void Fill(Window window, ReadOnlySpan<ulong> mask)
    {
        _found.BeginLike(window);
        _sum.AddTo(_found, mask, found: 0);
        window.Add(_found);
    }
}
