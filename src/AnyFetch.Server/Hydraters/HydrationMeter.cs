using System.Diagnostics.Metrics;
using AnyFetch.Hydrater.Hosting;

namespace AnyFetch.Server.Hydraters;

/// <summary>How long hydraters take and how they end, for <c>/metrics</c> and for the progress that <c>up</c> shows.</summary>
internal sealed class HydrationMeter : IDisposable
{
    private readonly Meter _meter = new("AnyFetch.Hydration");
    private readonly Histogram<double> _durations;
    private long _failed;

    public HydrationMeter() =>
        _durations = _meter.CreateHistogram<double>("anyfetch.hydration.duration", "s", "How long a hydrater took.");

    /// <summary>Documents that a hydrater of this process gave up since the start.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    public void Record(string hydrater, HydrationOutcome outcome, TimeSpan elapsed)
    {
        if (outcome.HasFailed && !outcome.IsTransient)
        {
            Interlocked.Increment(ref _failed);
        }

        _durations.Record(
            elapsed.TotalSeconds,
            new KeyValuePair<string, object?>("hydrater", hydrater),
            new KeyValuePair<string, object?>("outcome", outcome.Kind.ToString()));
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
