using System.Numerics;

namespace AnyFetch.Search.Execution;

/// <summary>
/// What part of a query found among 2,048 rows: a bit for each row that matches, and what it scored. Queries are
/// answered window by window, so that joining two conditions is a few vector operations and all of it stays in the
/// processor's cache.
/// </summary>
internal sealed class Window
{
    /// <summary>Rows of a window.</summary>
    public const int RowCount = 2_048;

    /// <summary>Words of a window's bits.</summary>
    public const int WordCount = RowCount / 64;

    private readonly ulong[] _bits = new ulong[WordCount];
    private readonly float[] _scores = new float[RowCount];

    /// <summary>The first row.</summary>
    public int Start { get; private set; }

    /// <summary>False while nobody asks for scores, only for what matches.</summary>
    public bool IsScored { get; private set; }

    public Span<ulong> Bits => _bits;

    /// <summary>Scores of the rows that match; 0 for others.</summary>
    public Span<float> Scores => _scores;

    public bool IsEmpty => _bits.AsSpan().IndexOfAnyExcept(0UL) < 0;

    /// <summary>The window that a row is in.</summary>
    public static int StartOf(int row) => row & -RowCount;

    /// <summary>Empties it for the rows from a place on.</summary>
    public void Begin(int start, bool isScored)
    {
        Start = start;
        Array.Clear(_bits);
        if (isScored || IsScored)
            Array.Clear(_scores);
        IsScored = isScored;
    }

    /// <summary>Begins as another.</summary>
    public void BeginLike(Window other) => Begin(other.Start, other.IsScored);

    /// <summary>Adds what another found to what this one has.</summary>
    public void Add(Window other)
    {
        for (var i = 0; i < WordCount; i++)
        {
            _bits[i] |= other._bits[i];
            if (IsScored)
            {
                for (var bits = other._bits[i]; bits != 0; bits &= bits - 1)
                {
                    var at = (i << 6) + BitOperations.TrailingZeroCount(bits);
                    _scores[at] += other._scores[at];
                }
            }
        }
    }

    /// <summary>Keeps what another found too, with both scores.</summary>
    public void Intersect(Window other)
    {
        for (var i = 0; i < WordCount; i++)
            _bits[i] &= other._bits[i];
        if (!IsScored)
            return;
        for (var i = 0; i < RowCount; i += Vector<float>.Count)
            (new Vector<float>(_scores, i) + new Vector<float>(other._scores, i)).CopyTo(_scores, i);
    }

    /// <summary>Drops what another found.</summary>
    public void Except(Window other)
    {
        for (var i = 0; i < WordCount; i++)
            _bits[i] &= ~other._bits[i];
    }
}
