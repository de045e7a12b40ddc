namespace AnyFetch.Search.Execution;

/// <summary>
/// One place of a phrase, as it goes through the windows of a segment. It tells at once between which places of a row's
/// text it stands; its positions are only decoded for rows in which that fits.
/// </summary>
internal abstract class PhraseSlot
{
    /// <summary>Before and, negative, behind every place.</summary>
    protected const int Nowhere = int.MaxValue >> 1;

    /// <summary>Rows of the segment at most.</summary>
    public abstract long Frequency { get; }

    /// <summary>The first place in the row's text, where it does stand; below 0 when that is not known at once.</summary>
    public int First { get; protected set; }

    /// <summary>A place in the row's text behind which it does not stand.</summary>
    public int Last { get; protected set; }

    /// <summary>No row before the one returned, and not before the one given, has it.</summary>
    public abstract int Seek(int row);

    /// <summary>The most that it is worth in a row of the window that begins here.</summary>
    public abstract float Bound(int start);

    /// <summary>Keeps those of a window's rows that have it.</summary>
    public abstract void Keep(int start, Span<ulong> bits);

    /// <summary>Prepares to move over what is left of a window's rows.</summary>
    public abstract void Begin(int start);

    /// <summary>Moves to the next of these rows.</summary>
    /// <param name="row">Every row before it was moved to as well.</param>
    /// <param name="bits">The rows, a bit for each.</param>
    public abstract void MoveTo(int row, ReadOnlySpan<ulong> bits);

    /// <summary>The positions in the row, in order.</summary>
    public abstract void ReadPositions(PositionList target);
}
