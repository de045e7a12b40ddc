namespace AnyFetch.Hydrater.Http;

/// <summary>Waiting tasks: higher priority first, then first come first served. Bounded.</summary>
internal sealed class HydrationQueue(int lengthMax) : IDisposable
{
    private readonly PriorityQueue<HydrateRequest, (long Rank, long Order)> _waiting = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly Lock _gate = new();
    private long _order;
    private bool _isComplete;

    /// <summary>False when full or complete.</summary>
    internal bool TryAdd(HydrateRequest request)
    {
        lock (_gate)
        {
            if (_isComplete || _waiting.Count >= lengthMax)
            {
                return false;
            }

            _waiting.Enqueue(request, (-(long)request.Priority, _order++));
        }

        _available.Release();
        return true;
    }

    /// <summary>The next task; null when the queue is complete and empty, or when stopped.</summary>
    internal async Task<HydrateRequest?> TakeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            lock (_gate)
            {
                if (_waiting.TryDequeue(out var request, out _))
                {
                    return request;
                }

                if (_isComplete)
                {
                    return null;
                }
            }

            await _available.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    public void Dispose() => _available.Dispose();

    /// <summary>Takes no more tasks; takers end when the waiting ones are taken.</summary>
    internal void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
        }

        // Wakes every taker: each passes the signal on by finding the queue complete.
        _available.Release(1_000);
    }
}
