using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AnyFetch.Core.Documents;
using AnyFetch.Hydrater.Hosting;

namespace AnyFetch.Server.Hydraters;

/// <summary>How long hydraters take and how they end, for <c>/metrics</c> and for the progress that <c>up</c> shows.</summary>
internal sealed class HydrationMeter : IDisposable
{
    /// <summary>Documents that are remembered; of more only the number of their failures is.</summary>
    private const int DocumentsMax = 100_000;

    private readonly ConcurrentDictionary<DocumentId, bool> _documents = new();
    private readonly Meter _meter = new("AnyFetch.Hydration");
    private readonly Histogram<double> _durations;
    private long _failed;

    public HydrationMeter() =>
        _durations = _meter.CreateHistogram<double>("anyfetch.hydration.duration", "s", "How long a hydrater took.");

    /// <summary>Documents that one or more hydraters of this process gave up since the start.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    public void Record(string hydrater, DocumentId document, HydrationOutcome outcome, TimeSpan elapsed)
    {
        if (outcome.HasFailed && !outcome.IsTransient && (_documents.Count >= DocumentsMax || _documents.TryAdd(document, true)))
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
