using System.Numerics;

namespace AnyFetch.Search.Execution;

/// <summary>Spellings of one thing; the best counts.</summary>
internal sealed class BestNode(WindowNode[] children) : WindowNode
{
    private readonly Window _best = new();
    private readonly Window _one = new();

    public override long Cost => children.Sum(c => c.Cost);

    public override void Enter(int segment) => EnterAll(children, segment);

    public override int Seek(int row) => SeekAny(children, row);

    public override float Bound(int start)
    {
        var best = 0f;
        foreach (var child in children)
            best = Math.Max(best, child.Bound(start));
        return best;
    }

    public override void Fill(Window window, ReadOnlySpan<ulong> mask)
    {
        _best.BeginLike(window);
        foreach (var child in children)
        {
            // Most spellings are rare.
            if (child.Seek(window.Start) >= window.Start + Window.RowCount)
                continue;
            _one.BeginLike(window);
            child.Fill(_one, mask);
            Take(_one);
        }

        window.Add(_best);
    }

    private void Take(Window one)
    {
        for (var i = 0; i < Window.WordCount; i++)
        {
            _best.Bits[i] |= one.Bits[i];
            for (var bits = one.Bits[i]; bits != 0; bits &= bits - 1)
            {
                var at = (i << 6) + BitOperations.TrailingZeroCount(bits);
                _best.Scores[at] = Math.Max(_best.Scores[at], one.Scores[at]);
            }
        }
    }
}
