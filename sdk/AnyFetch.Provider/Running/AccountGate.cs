namespace AnyFetch.Provider.Running;

/// <summary>
/// Pauses everything of one account: listing and tasks wait here before each call. While it is closed the run gives its
/// place among the accounts at work to another one.
/// </summary>
internal sealed class AccountGate(SemaphoreSlim places, TimeProvider time, CancellationToken runStops)
{
    private readonly Lock _lock = new();
    private long _until;
    private long _closings;
    private Task? _pause;

    /// <summary>Whether the run holds a place; it gives it back at its end.</summary>
    public bool HoldsPlace { get; private set; } = true;

    public bool IsPaused => Volatile.Read(ref _pause) is not null;

    /// <summary>How often it was closed.</summary>
    public long Closings => Interlocked.Read(ref _closings);

    /// <summary>Returns at once while the gate is open.</summary>
    /// <returns>How often it was closed before: calls that pass it after another closing have another number.</returns>
    public async Task<long> WaitAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _pause) is { } pause)
        {
            await pause.WaitAsync(cancellationToken);
        }

        return Closings;
    }

    /// <summary>Closes the gate for a time, or for longer than it is closed already.</summary>
    /// <returns>Until when, in milliseconds since 1970.</returns>
    public long Pause(TimeSpan wait)
    {
        lock (_lock)
        {
            _until = Math.Max(_until, (time.GetUtcNow() + wait).ToUnixTimeMilliseconds());
            if (_pause is null)
            {
                Interlocked.Increment(ref _closings);
                _pause = Task.Run(PauseAsync, CancellationToken.None);
            }

            return _until;
        }
    }

    /// <summary>
    /// Waits until a pause of a run that was stopped is over, which is at once: only then is it certain who holds the place.
    /// </summary>
    public Task EndAsync() => Volatile.Read(ref _pause) ?? Task.CompletedTask;

    private async Task PauseAsync()
    {
        HoldsPlace = false;
        places.Release();
        while (Remaining() is { } remaining && remaining > TimeSpan.Zero && !runStops.IsCancellationRequested)
        {
            await Task.Delay(remaining, time, runStops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        try
        {
            // A place that was got is held, even by a run that is stopped at this instant: it gives it back at its end.
            await places.WaitAsync(runStops);
            HoldsPlace = true;
        }
        catch (OperationCanceledException) when (runStops.IsCancellationRequested)
        {
            // The run ends without a place.
        }

        lock (_lock)
        {
            _pause = null;
        }
    }

    private TimeSpan? Remaining()
    {
        lock (_lock)
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(_until) - time.GetUtcNow();
        }
    }
}
