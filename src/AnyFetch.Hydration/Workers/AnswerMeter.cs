using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Hydration.Workers;

/// <summary>
/// How hydraters elsewhere answer (hydration.md §10, "Observability"): for <c>/metrics</c>, and for those who registered them.
/// </summary>
internal sealed class AnswerMeter : IDisposable
{
    private readonly Meter _meter = new("AnyFetch.Hydration.Answers");
    private readonly Histogram<double> _durations;
    private readonly ConcurrentDictionary<string, Totals> _totals = new(StringComparer.Ordinal);

    public AnswerMeter() => _durations = _meter.CreateHistogram<double>(
        "anyfetch.hydration.answer", "s", "From the dispatch of a document to the answer of a hydrater elsewhere.");

    /// <summary>Counts an answer that was taken, and that a hydrater did not answer in time.</summary>
    internal void Record(Hydrater hydrater, bool isError, TimeSpan elapsed)
    {
        _durations.Record(
            elapsed.TotalSeconds,
            new KeyValuePair<string, object?>("hydrater", hydrater.ShortName),
            new KeyValuePair<string, object?>("outcome", isError ? "Failed" : "Changed"));
        _totals.AddOrUpdate(
            hydrater.Url,
            static (_, one) => one,
            static (_, known, one) => new(known.Answers + 1, known.Errors + one.Errors, known.Seconds + one.Seconds),
            new Totals(1, isError ? 1 : 0, elapsed.TotalSeconds));
    }

    internal HydraterCounters Of(string url) => _totals.TryGetValue(url, out var totals)
        ? new HydraterCounters(totals.Answers - totals.Errors, totals.Errors, totals.Seconds / totals.Answers)
        : new HydraterCounters(0, 0, null);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private sealed record Totals(long Answers, long Errors, double Seconds);
}
