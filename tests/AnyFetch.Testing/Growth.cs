using System.Runtime.InteropServices;

namespace AnyFetch.Testing;

/// <summary>
/// Shows that work grows with its input and not with the input's square, whatever machine it runs on and whatever else that does:
/// the processor time of the thread that works is compared between an input and one of sixteen times its size.
/// </summary>
public static class Growth
{
    private const int Factor = 16;

    /// <summary>Between sixteen times the time (linear) and two hundred and fifty-six times (quadratic).</summary>
    private const int GrowthMax = 64;

    /// <summary>Caches, collections of garbage and the compiler may disturb one comparison, and do not disturb each.</summary>
    private const int ComparisonsMax = 3;

    private const int SmallRuns = 7;

    /// <summary>Below this nothing can be compared.</summary>
    private const long NanosecondsMin = 20_000;

    private const int ThreadClock = 3;

    /// <summary>Fails when the work on a large input takes far more than its share.</summary>
    /// <param name="size">The size of the large input.</param>
    /// <param name="prepare">Makes an input of a size, and the work on it: it is done several times, on the calling thread alone.</param>
    public static void IsLinear(int size, Func<int, Action> prepare)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        var small = prepare(size / Factor);
        var large = prepare(size);
        small();
        var seen = new List<string>();
        while (seen.Count < ComparisonsMax)
        {
            // The large input first: what the compiler makes of it serves the small one as well.
            var many = Fastest(1, large);
            var one = Math.Max(Fastest(SmallRuns, small), NanosecondsMin);
            if (many <= one * GrowthMax)
            {
                return;
            }

            seen.Add($"{(double)many / one:F0}");
        }

        throw new InvalidOperationException($"{Factor} times the input takes {string.Join(", ", seen)} times the processor time.");
    }

    private static long Fastest(int runs, Action work) => Enumerable.Range(0, runs).Min(_ =>
    {
        var began = ThreadNanoseconds();
        work();
        return ThreadNanoseconds() - began;
    });

    private static long ThreadNanoseconds()
    {
        _ = GetTime(ThreadClock, out var time);
        return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
