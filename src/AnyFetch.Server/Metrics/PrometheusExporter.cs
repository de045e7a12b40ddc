using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace AnyFetch.Server.Metrics;

/// <summary>
/// Listens to the process's meters and writes their values in Prometheus' text format, version 0.0.4.
/// </summary>
internal sealed class PrometheusExporter : IDisposable
{
    /// <summary>The meters that are shown.</summary>
    private static readonly string[] s_meters =
        ["AnyFetch", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private readonly ConcurrentDictionary<Instrument, MetricInstrument> _instruments = new();
    private readonly MeterListener _listener = new();

    public PrometheusExporter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (s_meters.Any(m => (instrument.Meter.Name + ".").StartsWith(m + ".", StringComparison.Ordinal)))
            {
                listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, i => new(i)));
            }
        };
        _listener.MeasurementsCompleted = (instrument, _) => _instruments.TryRemove(instrument, out MetricInstrument? _);
        Listen<byte>();
        Listen<short>();
        Listen<int>();
        Listen<long>();
        Listen<float>();
        Listen<double>();
        Listen<decimal>();
        _listener.Start();
    }

    /// <summary>All values as they are now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder(16 * 1024);
        foreach (var (_, instrument) in _instruments.OrderBy(i => i.Key.Name, StringComparer.Ordinal))
        {
            instrument.Write(text);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Listen<T>()
        where T : struct, IConvertible =>
        _listener.SetMeasurementEventCallback<T>(static (_, measurement, tags, state) =>
            ((MetricInstrument)state!).Record(
                measurement.ToDouble(System.Globalization.CultureInfo.InvariantCulture), tags));
}
