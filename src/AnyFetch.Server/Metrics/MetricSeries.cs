using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace AnyFetch.Server.Metrics;

/// <summary>One instrument's values for one set of tags.</summary>
internal sealed class MetricSeries(KeyValuePair<string, object?>[] tags, bool isHistogram)
{
    /// <summary>Upper bounds of a histogram's buckets, in the instrument's unit; seconds for durations.</summary>
    public static readonly double[] Bounds =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly Lock _lock = new();
    private readonly long[]? _buckets = isHistogram ? new long[Bounds.Length + 1] : null;
    private double _value;
    private long _count;

    /// <summary>True when these tags are the series'.</summary>
    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> other)
    {
        if (other.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < tags.Length; i++)
        {
            if (other[i].Key != tags[i].Key || !Equals(other[i].Value, tags[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public void Record(double measurement, bool adds)
    {
        lock (_lock)
        {
            if (_buckets is not null)
            {
                _buckets[BucketOf(measurement)]++;
                _count++;
                _value += measurement;
                return;
            }

            _value = adds ? _value + measurement : measurement;
        }
    }

    public void Write(StringBuilder text, string name)
    {
        lock (_lock)
        {
            if (_buckets is null)
            {
                Line(text, name, null, _value);
                return;
            }

            long sum = 0;
            for (var i = 0; i < _buckets.Length; i++)
            {
                sum += _buckets[i];
                var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                Line(text, name + "_bucket", bound, sum);
            }

            Line(text, name + "_sum", null, _value);
            Line(text, name + "_count", null, _count);
        }
    }

    private static int BucketOf(double measurement)
    {
        var i = 0;
        while (i < Bounds.Length && measurement > Bounds[i])
        {
            i++;
        }

        return i;
    }

    private void Line(StringBuilder text, string name, string? bound, double value)
    {
        text.Append(name);
        var separator = '{';
        foreach (var (key, tag) in tags)
        {
            text.Append(separator).Append(PrometheusName.OfLabel(key)).Append("=\"")
                .Append(PrometheusName.Escape(Convert.ToString(tag, CultureInfo.InvariantCulture) ?? "")).Append('"');
            separator = ',';
        }

        if (bound is not null)
        {
            text.Append(separator).Append("le=\"").Append(bound).Append('"');
            separator = ',';
        }

        text.Append(separator == ',' ? "} " : " ").Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }
}
