using AnyFetch.Core.Ids;

namespace AnyFetch.Search.Execution;

/// <summary>The best hits so far, with the worst of them on top. Ties go by id, descending.</summary>
internal sealed class HitHeap(int capacity)
{
    private Hit[] _hits = new Hit[Math.Min(capacity, 64)];

    public int Count { get; private set; }

    public bool IsFull => Count == capacity;

    /// <summary>A match of a lower key is none of the best.</summary>
    public long KeyMin => IsFull ? _hits[0].Key : long.MinValue;

    /// <summary>Takes a hit whose key is not below <see cref="KeyMin"/>, if it is among the best.</summary>
    public void Add(in Hit hit)
    {
        if (IsFull)
        {
            if (IsBefore(_hits[0], hit))
                return;
            _hits[0] = hit;
            Sink(0, Count);
            return;
        }

        if (Count == _hits.Length)
            Array.Resize(ref _hits, Math.Min(capacity, Count * 2));
        var at = Count++;
        while (at > 0 && IsBefore(_hits[(at - 1) / 2], hit))
        {
            _hits[at] = _hits[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _hits[at] = hit;
    }

    /// <summary>The hits, best first; the heap is used up.</summary>
    public ReadOnlySpan<Hit> Sorted()
    {
        _hits.AsSpan(0, Count).Sort((a, b) => IsBefore(a, b) ? -1 : IsBefore(b, a) ? 1 : 0);
        return _hits.AsSpan(0, Count);
    }

    private static bool IsBefore(in Hit left, in Hit right) =>
        left.Key != right.Key ? left.Key > right.Key : left.Id.CompareTo(right.Id) > 0;

    /// <summary>Lets a hit sink below those that rank behind it.</summary>
    private void Sink(int at, int count)
    {
        var hit = _hits[at];
        while (true)
        {
            var child = 2 * at + 1;
            if (child >= count)
                break;
            if (child + 1 < count && IsBefore(_hits[child], _hits[child + 1]))
                child++;
            if (IsBefore(_hits[child], hit))
                break;
            _hits[at] = _hits[child];
            at = child;
        }

        _hits[at] = hit;
    }
}

/// <summary>A match among the best.</summary>
/// <param name="Key">The larger, the better.</param>
/// <param name="Id">The document.</param>
/// <param name="Score">Its score.</param>
internal readonly record struct Hit(long Key, ObjectId Id, float Score);
