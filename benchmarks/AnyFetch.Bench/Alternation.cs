using System.Diagnostics;

namespace AnyFetch.Bench;

/// <summary>
/// Two things by turns, in slices so short that whatever else the machine does weighs on both alike: what is compared is
/// their ratio or their difference within one run.
/// </summary>
internal static class Alternation
{
    private const int SliceMilliseconds = 250;

    /// <summary>Measures both for so many seconds each. The processor times are the server's, per call, in microseconds.</summary>
    public static async Task<(Side First, Side Second)> RunAsync(
        int seconds,
        (ServerProcess Server, Func<ValueTask> Call) first,
        (ServerProcess Server, Func<ValueTask> Call) second)
    {
        await SliceAsync(first, new Side());
        await SliceAsync(second, new Side());
        var sides = (First: new Side(), Second: new Side());
        for (var slice = 0; slice < seconds * 1000 / SliceMilliseconds; slice++)
        {
            await SliceAsync(first, sides.First);
            await SliceAsync(second, sides.Second);
        }

        return sides;
    }

    private static async Task SliceAsync((ServerProcess Server, Func<ValueTask> Call) measured, Side side)
    {
        var ticks = new List<long>();
        var cpu = measured.Server.CpuSeconds();
        var clock = Stopwatch.StartNew();
        while (clock.ElapsedMilliseconds < SliceMilliseconds)
        {
            var began = Stopwatch.GetTimestamp();
            await measured.Call();
            ticks.Add(Stopwatch.GetTimestamp() - began);
        }

        side.CpuSeconds += measured.Server.CpuSeconds() - cpu;
        side.Latencies.AddRange(ticks);
    }

    /// <summary>What one of the two came to.</summary>
    internal sealed class Side
    {
        public Latencies Latencies { get; } = new();

        public double CpuSeconds { get; set; }

        public double CpuMicroseconds => CpuSeconds / Latencies.Count * 1e6;

        /// <summary>The median duration, in microseconds.</summary>
        public double MedianMicroseconds => Latencies.Milliseconds(0.5) * 1000;
    }
}
