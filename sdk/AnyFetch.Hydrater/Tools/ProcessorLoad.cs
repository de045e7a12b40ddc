using System.Globalization;

namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// How much of this machine's processors is used from one look to the next, as <c>/proc/stat</c> tells it (proc_stat(5)), and how much
/// of those that this process may use it uses itself, which is what counts in a container with few of a machine's processors.
/// </summary>
internal sealed class ProcessorLoad(TimeProvider time)
{
    /// <summary>Programs, nice ones, the kernel, and its two kinds of interrupts; between them lie idleness and waiting.</summary>
    private static readonly int[] s_busyFields = [1, 2, 3, 6, 7];

    private readonly int _count = CountProcessors();
    private long _at;
    private double _machine;
    private double _own;

    /// <summary>The share of the processors, from 0 to 1, that others than some programs have used since the last look.</summary>
    /// <param name="seconds">Processor time of these programs since then.</param>
    internal double ShareOfOthers(double seconds)
    {
        var (machine, own, at) = (MachineSeconds(), Environment.CpuUsage.TotalTime.TotalSeconds, time.GetTimestamp());
        var elapsed = _at == 0 ? 0 : time.GetElapsedTime(_at, at).TotalSeconds;
        var share = elapsed <= 0 ? 0 : Math.Max(
            (machine - _machine - seconds) / (elapsed * _count),
            (own - _own) / (elapsed * Environment.ProcessorCount));
        (_machine, _own, _at) = (machine, own, at);
        return Math.Clamp(share, 0, 1);
    }

    private static double MachineSeconds()
    {
        var fields = ReadLines().FirstOrDefault("").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return s_busyFields.Where(n => n < fields.Length).Sum(n => double.Parse(fields[n], CultureInfo.InvariantCulture))
            / ProcessFamily.TicksPerSecond;
    }

    private static int CountProcessors() => Math.Max(1, ReadLines().Count(line => line.StartsWith("cpu", StringComparison.Ordinal)) - 1);

    /// <summary>Nothing where the system keeps it to itself: then only this process's own share counts.</summary>
    private static string[] ReadLines()
    {
        try
        {
            return File.ReadAllLines("/proc/stat");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
