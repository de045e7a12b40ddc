namespace AnyFetch.Hydration.Workers;

/// <summary>
/// Says how many jobs to hold for a hydrater: enough to keep it busy for a moment, so that many short ones share a lease and
/// a long one does not keep others waiting behind it.
/// </summary>
internal sealed class DurationGauge(int concurrency, int heldMax)
{
    /// <summary>The work that is fetched ahead, in milliseconds.</summary>
    private const double AheadMilliseconds = 200;

    private const double NewWeight = 0.2;

    private double _milliseconds = AheadMilliseconds;

    /// <summary>Notes how long one job took.</summary>
    internal void Add(TimeSpan duration)
    {
        // Two threads may overwrite each other's note, which an average gets over.
        var average = Volatile.Read(ref _milliseconds);
        Volatile.Write(ref _milliseconds, average + (NewWeight * (duration.TotalMilliseconds - average)));
    }

    internal int HeldMax()
    {
        var ahead = concurrency * AheadMilliseconds / Math.Max(Volatile.Read(ref _milliseconds), 0.1);
        return (int)Math.Clamp(ahead, concurrency + 1, Math.Max(heldMax, concurrency + 1));
    }
}
