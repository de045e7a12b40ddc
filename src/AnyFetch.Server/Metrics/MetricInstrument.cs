using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text;

namespace AnyFetch.Server.Metrics;

/// <summary>An instrument that is listened to, with its series.</summary>
internal sealed class MetricInstrument
{
    /// <summary>Sets of tags that one instrument may have; measurements with further ones are not counted.</summary>
    public const int SeriesMax = 1_000;

    /// <summary>Tags that say little and multiply the series.</summary>
    private static readonly HashSet<string> s_leftOut =
        ["network.protocol.name", "network.protocol.version", "url.scheme", "network.transport", "network.type",
         "server.address", "server.port", "aspnetcore.request.is_unhandled"];

    private readonly Lock _adding = new();
    private readonly string _name;
    private readonly string _type;
    private readonly string? _description;
    private readonly bool _isHistogram;
    private volatile Dictionary<int, MetricSeries[]> _series = [];
    private int _count;

    public MetricInstrument(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        var isCounter = kind.StartsWith("Counter", StringComparison.Ordinal)
            || kind.StartsWith("ObservableCounter", StringComparison.Ordinal);
        _isHistogram = kind.StartsWith("Histogram", StringComparison.Ordinal);

        // Only a plain counter and a plain up-down counter report differences; the observable ones report totals.
        Adds = kind.StartsWith("Counter", StringComparison.Ordinal)
            || kind.StartsWith("UpDownCounter", StringComparison.Ordinal);
        _type = _isHistogram ? "histogram" : isCounter ? "counter" : "gauge";
        _name = PrometheusName.Of(instrument, isCounter);
        _description = instrument.Description;
    }

    /// <summary>True when a measurement is added to what there is, false when it replaces it.</summary>
    public bool Adds { get; }

    public void Record(double measurement, ReadOnlySpan<KeyValuePair<string, object?>> all)
    {
        var kept = default(TagBuffer);
        var count = 0;
        foreach (var tag in all)
        {
            if (count < TagBuffer.Length && !s_leftOut.Contains(tag.Key))
            {
                kept[count++] = tag;
            }
        }

        Find(((ReadOnlySpan<KeyValuePair<string, object?>>)kept)[..count])?.Record(measurement, Adds);
    }

    public void Write(StringBuilder text)
    {
        if (_count == 0)
        {
            return;
        }

        text.Append("# HELP ").Append(_name).Append(' ')
            .Append((_description ?? "").ReplaceLineEndings(" ")).Append('\n')
            .Append("# TYPE ").Append(_name).Append(' ').Append(_type).Append('\n');
        foreach (var series in _series.Values.SelectMany(s => s))
        {
            series.Write(text, _name);
        }
    }

    private MetricSeries? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = HashOf(tags);
        return Find(_series, hash, tags) ?? Add(hash, tags);
    }

    private static MetricSeries? Find(
        Dictionary<int, MetricSeries[]> all,
        int hash,
        ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (all.TryGetValue(hash, out var candidates))
        {
            foreach (var candidate in candidates)
            {
                if (candidate.Has(tags))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private MetricSeries? Add(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_adding)
        {
            if (Find(_series, hash, tags) is { } found)
            {
                return found;
            }

            if (_count >= SeriesMax)
            {
                return null;
            }

            var series = new MetricSeries(tags.ToArray(), _isHistogram);
            _series = new Dictionary<int, MetricSeries[]>(_series)
            {
                [hash] = [.. _series.GetValueOrDefault(hash, []), series],
            };
            _count++;
            return series;
        }
    }

    private static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = default(HashCode);
        foreach (var (key, value) in tags)
        {
            hash.Add(key);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The tags of one measurement, on the stack.</summary>
    [InlineArray(Length)]
    private struct TagBuffer
    {
        public const int Length = 8;

        private KeyValuePair<string, object?> _first;
    }
}
