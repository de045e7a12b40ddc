namespace AnyFetch.Hydration.Workers;

/// <summary>
/// The documents of this node in work at hydraters that somebody waits for: those that make documents findable at once. Those in the
/// background, which draw or recognise print, let them go first, so that a tree of files is searchable before its pages are drawn.
/// </summary>
internal sealed class ForegroundWork(TimeProvider timeProvider)
{
    /// <summary>One document is handed over to the next within this time, so a shorter silence is none.</summary>
    private static readonly TimeSpan s_lull = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private long? _endedAt;
    private int _count;

    /// <summary>A document begins; the caller calls <see cref="End"/> once.</summary>
    internal void Begin()
    {
        lock (_gate)
        {
            _count++;
        }
    }

    /// <summary>A document is done, or takes so long that nobody should wait for it.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _count--;
            _endedAt = timeProvider.GetTimestamp();
        }
    }

    /// <summary>Returns when no document is in work, or after the time at the latest.</summary>
    internal async Task WaitUntilQuietAsync(TimeSpan max, CancellationToken cancellationToken)
    {
        var began = timeProvider.GetTimestamp();
        while (!IsQuiet() && timeProvider.GetElapsedTime(began) < max)
        {
            await Task.Delay(s_lull, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsQuiet()
    {
        lock (_gate)
        {
            return _count == 0 && (_endedAt is not { } at || timeProvider.GetElapsedTime(at) >= s_lull);
        }
    }
}
