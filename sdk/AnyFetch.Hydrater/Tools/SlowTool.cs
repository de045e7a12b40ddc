using System.Globalization;
using System.Runtime.InteropServices;

namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// A program that takes long yields the processor to everything else, so that a file that keeps it busy until its time is over costs
/// the others next to nothing.
/// </summary>
internal static class SlowTool
{
    /// <summary>After this time a program counts as slow.</summary>
    internal static readonly TimeSpan After = TimeSpan.FromSeconds(2);

    private const int Niceness = 10;

    /// <summary>Walls and limits come before a program: three processes, and what it starts itself.</summary>
    private const int DepthMax = 10;

    /// <summary>Lowers the priority of a process and of all that it started.</summary>
    internal static void Yield(int process)
    {
        if (OperatingSystem.IsLinux())
        {
            Yield(process, 0);
        }
    }

    private static void Yield(int process, int depth)
    {
        try
        {
            // The kernel keeps the priority of each thread by itself. Threads and children that come later inherit it.
            foreach (var thread in Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task")))
            {
                _ = SetPriority(0, int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), Niceness);
                foreach (var child in ChildrenOf(thread).Where(_ => depth < DepthMax))
                {
                    Yield(child, depth + 1);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
        }
    }

    private static IEnumerable<int> ChildrenOf(string thread) => File.ReadAllText(thread + "/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int priority);
}
