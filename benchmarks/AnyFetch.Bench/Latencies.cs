using System.Diagnostics;

namespace AnyFetch.Bench;

/// <summary>Durations of one kind of call, from several tasks.</summary>
internal sealed class Latencies
{
    private readonly Lock _lock = new();
    private readonly List<long> _ticks = [];
    private List<long>? _sorted;

    public int Count => _ticks.Count;

    public void AddRange(IEnumerable<long> ticks)
    {
        lock (_lock)
        {
            _ticks.AddRange(ticks);
            _sorted = null;
        }
    }

    /// <summary>The duration that this share of the calls did not exceed, in milliseconds.</summary>
    public double Milliseconds(double share)
    {
        lock (_lock)
        {
            if (_ticks.Count == 0)
            {
                return double.NaN;
            }

            _sorted ??= [.. _ticks.Order()];
            var at = Math.Clamp((int)Math.Ceiling(share * _sorted.Count) - 1, 0, _sorted.Count - 1);
            return Stopwatch.GetElapsedTime(0, _sorted[at]).TotalMilliseconds;
        }
    }
}
