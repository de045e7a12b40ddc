using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AnyFetch.Provider.Running;

/// <summary>
/// What a provider does, for <c>/metrics</c> and for tracing: counted per run, by numbers only. The meter and the
/// activities are called <c>AnyFetch.Provider</c>.
/// </summary>
internal sealed class ProviderMeter : IDisposable
{
    private const string Name = "AnyFetch.Provider";
    private static readonly ActivitySource Source = new(Name);

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _items;
    private readonly Counter<long> _bytes;
    private readonly Histogram<double> _runs;
    private readonly KeyValuePair<string, object?> _provider;

    public ProviderMeter(string provider)
    {
        _provider = new("provider", provider);
        _items = _meter.CreateCounter<long>("anyfetch.provider.items", null, "Items by what became of them.");
        _bytes = _meter.CreateCounter<long>("anyfetch.provider.bytes", "By", "Bytes of files that were sent.");
        _runs = _meter.CreateHistogram<double>("anyfetch.provider.run.duration", "s", "How long runs took.");
    }

    /// <summary>Null when nobody listens.</summary>
    public static Activity? StartRun(string provider, long account, long run, string reason, string mode) =>
        Source.StartActivity("provider.run")
            ?.SetTag("provider", provider).SetTag("account", account).SetTag("run", run)
            .SetTag("reason", reason).SetTag("mode", mode);

    public void RunEnded(string outcome, RunCounters counters, TimeSpan elapsed)
    {
        Count("sent", counters.Sent - counters.Moved);
        Count("moved", counters.Moved);
        Count("skipped", counters.Skipped);
        Count("excluded", counters.Excluded);
        Count("deleted", counters.Deleted);
        Count("failed", counters.Failed);
        _bytes.Add(counters.Bytes, _provider);
        _runs.Record(elapsed.TotalSeconds, _provider, new("outcome", outcome));
    }

    public void Dispose() => _meter.Dispose();

    private void Count(string outcome, long items) => _items.Add(items, _provider, new("outcome", outcome));
}
