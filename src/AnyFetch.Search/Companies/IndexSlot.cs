using AnyFetch.Search.Indexing;

namespace AnyFetch.Search.Companies;

/// <summary>
/// One company's place in the registry: opens its index when it is needed, counts its users, and closes it when the
/// last has gone.
/// </summary>
internal sealed class IndexSlot
{
    private readonly Lock _lock = new();
    private CompanyIndex? _index;
    private int _users;
    private TaskCompletionSource? _closing;

    /// <summary>When it was used last, as a time stamp.</summary>
    public long LastUsed { get; private set; }

    /// <summary>Memory of the open index; 0 when it is closed.</summary>
    public long ApproximateBytes
    {
        get
        {
            lock (_lock)
                return _index?.ApproximateBytes ?? 0;
        }
    }

    /// <summary>What the open index holds; nothing when it is closed.</summary>
    public IndexStatistics Statistics
    {
        get
        {
            lock (_lock)
                return _index?.Statistics ?? default;
        }
    }

    /// <summary>True when it is open and documents are missing from it.</summary>
    public bool IsPartial
    {
        get
        {
            lock (_lock)
                return _index?.IsPartial == true;
        }
    }

    public bool IsOpen
    {
        get
        {
            lock (_lock)
                return _index is not null;
        }
    }

    /// <summary>The index, open; <see cref="Return"/> must follow. Waits while it is being closed.</summary>
    public async ValueTask<CompanyIndex> RentAsync(
        Func<CompanyIndex> open, long now, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task closing;
            lock (_lock)
            {
                if (_closing is null)
                {
                    var index = _index ??= open();
                    _users++;
                    LastUsed = now;
                    return index;
                }

                closing = _closing.Task;
            }

            await closing.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Return()
    {
        lock (_lock)
        {
            if (--_users == 0 && _closing is not null)
                _drained!.SetResult();
        }
    }

    private TaskCompletionSource? _drained;

    /// <summary>
    /// Waits until nobody uses the index, closes it, and does something with its files before anybody opens it again.
    /// </summary>
    /// <param name="isKept">True writes what is only in memory.</param>
    /// <param name="whenClosed">What to do with the files.</param>
    public async ValueTask CloseAsync(bool isKept, Action whenClosed)
    {
        var own = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (true)
        {
            Task earlier;
            lock (_lock)
            {
                if (_closing is null)
                {
                    _closing = own;
                    _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    if (_users == 0)
                        _drained.SetResult();
                    break;
                }

                earlier = _closing.Task;
            }

            await earlier.ConfigureAwait(false);
        }

        await _drained.Task.ConfigureAwait(false);
        try
        {
            if (isKept)
                _index?.Dispose();
            else
                _index?.Discard();
            _index = null;
            whenClosed();
        }
        finally
        {
            lock (_lock)
                _closing = null;
            own.SetResult();
        }
    }

    /// <summary>Closes the index if nobody uses it now.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            if (_users > 0 || _closing is not null || _index is null)
                return false;
            _index.Dispose();
            _index = null;
            return true;
        }
    }

    /// <summary>Begins to write what is only in memory; returns how many bytes that is.</summary>
    public long BeginFlush()
    {
        lock (_lock)
            return _closing is null && _index is not null ? _index.BeginFlush() : 0;
    }

    /// <summary>Begins what is due of flushes and merges.</summary>
    public void Maintain()
    {
        lock (_lock)
        {
            if (_closing is null)
                _index?.Maintain();
        }
    }
}
