namespace AnyFetch.Search.Execution;

/// <summary>A condition of a query as it is looked for, segment by segment, window by window, forwards only.</summary>
internal abstract class WindowNode
{
    /// <summary>Goes to the beginning of a segment, by its place in the snapshot.</summary>
    public abstract void Enter(int segment);

    /// <summary>About how many rows of the segment match at most; the rarest condition is looked at first.</summary>
    public abstract long Cost { get; }

    /// <summary>No row before the one returned, and not before the one given, matches.</summary>
    public abstract int Seek(int row);

    /// <summary>No row of the window that begins here scores more.</summary>
    public abstract float Bound(int start);

    /// <summary>
    /// Adds the rows of the window that match and are in the mask, with their scores. The window may hold what others
    /// found.
    /// </summary>
    public abstract void Fill(Window window, ReadOnlySpan<ulong> mask);

    /// <summary>Takes several nodes to the beginning of a segment.</summary>
    protected static void EnterAll(WindowNode[] nodes, int segment)
    {
        foreach (var node in nodes)
            node.Enter(segment);
    }

    /// <summary>Where the first of several nodes may match.</summary>
    protected static int SeekAny(WindowNode[] nodes, int row)
    {
        var first = Segments.PostingsCursor.End;
        foreach (var node in nodes)
            first = Math.Min(first, node.Seek(row));
        return first;
    }
}
