using System.Numerics;
using AnyFetch.Search.Scoring;

namespace AnyFetch.Search.Execution;

/// <summary>
/// Adds up conditions of which a row may have some: how many it has comes first, and among equals their scores decide.
/// </summary>
internal sealed class LooseSum(WindowNode[] children)
{
    private readonly Window _one = new();
    private readonly byte[] _found = new byte[Window.RowCount];

    /// <summary>The best score of a row by what the children's scores are worth together.</summary>
    public static float Bound(float sum, int count) =>
        count + (float.IsPositiveInfinity(sum) ? 1 : sum / (sum + Relevance.LooseHalfScore));

    public float ChildrenBound(int start)
    {
        var sum = 0f;
        foreach (var child in children)
            sum += child.Bound(start);
        return sum;
    }

    /// <summary>Adds the children's scores to a window and turns the sums into scores.</summary>
    /// <param name="window">What was found so far; gets the rows of the mask that a child matches.</param>
    /// <param name="mask">The rows that may be found.</param>
    /// <param name="found">How many conditions every row of the window has already.</param>
    public void AddTo(Window window, ReadOnlySpan<ulong> mask, byte found)
    {
        Array.Fill(_found, found);
        foreach (var child in children)
        {
            _one.BeginLike(window);
            child.Fill(_one, mask);
            for (var i = 0; i < Window.WordCount; i++)
            {
                for (var bits = _one.Bits[i]; bits != 0; bits &= bits - 1)
                    _found[(i << 6) + BitOperations.TrailingZeroCount(bits)]++;
            }

            window.Add(_one);
        }

        if (window.IsScored)
            Finish(window);
    }

    private void Finish(Window window)
    {
        var scores = window.Scores;
        for (var i = 0; i < Window.WordCount; i++)
        {
            for (var bits = window.Bits[i]; bits != 0; bits &= bits - 1)
            {
                var at = (i << 6) + BitOperations.TrailingZeroCount(bits);
                scores[at] = Bound(scores[at], _found[at]);
            }
        }
    }
}
