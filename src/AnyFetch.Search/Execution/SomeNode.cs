namespace AnyFetch.Search.Execution;

/// <summary>Any of the children; their scores add up.</summary>
internal sealed class SomeNode(WindowNode[] children) : WindowNode
{
    public override long Cost => children.Sum(c => c.Cost);

    public override void Enter(int segment) => EnterAll(children, segment);

    public override int Seek(int row) => SeekAny(children, row);

    public override float Bound(int start)
    {
        var sum = 0f;
        foreach (var child in children)
            sum += child.Bound(start);
        return sum;
    }

    public override void Fill(Window window, ReadOnlySpan<ulong> mask)
    {
        foreach (var child in children)
            child.Fill(window, mask);
    }
}
