using System.Buffers;

namespace AnyFetch.Search.Indexing;

/// <summary>The rows that a search found, with their scores, in pooled memory.</summary>
internal sealed class MatchList : IDisposable
{
    private int[] _rows = ArrayPool<int>.Shared.Rent(1024);
    private float[] _scores = ArrayPool<float>.Shared.Rent(1024);

    public int Count { get; private set; }

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, Count);

    public void Add(int row, float score)
    {
        if (Count == Math.Min(_rows.Length, _scores.Length))
        {
            _rows = Grow(_rows);
            _scores = Grow(_scores);
        }

        _rows[Count] = row;
        _scores[Count++] = score;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_rows);
        ArrayPool<float>.Shared.Return(_scores);
    }

    private T[] Grow<T>(T[] array)
    {
        var grown = ArrayPool<T>.Shared.Rent(Count * 2);
        Array.Copy(array, grown, Count);
        ArrayPool<T>.Shared.Return(array);
        return grown;
    }
}
