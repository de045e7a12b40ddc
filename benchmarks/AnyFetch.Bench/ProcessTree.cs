using System.Globalization;
using System.Runtime.InteropServices;

namespace AnyFetch.Bench;

/// <summary>
/// The processor time of a server and of all that it started. Tools run behind a wall whose outside may end before its inside, and
/// the kernel gives such orphans to this process, which therefore counts and buries them.
/// </summary>
internal sealed class ProcessTree
{
    private const int SetChildSubreaper = 36;
    private const int TicksPerSecond = 100;
    private const int OwnTicks = 11;
    private const int ChildTicks = 13;
    private const int NoHang = 1;
    private const int ChildrenOfMine = -1;

    private readonly int _root;
    private readonly double _before;

    public ProcessTree(int root)
    {
        _root = root;
        _ = Control(SetChildSubreaper, 1, 0, 0, 0);
        _before = EndedSeconds();
    }

    /// <summary>Seconds of all children of this process that have ended, tools that were run beside included.</summary>
    public static double EndedSeconds()
    {
        _ = GetUsage(ChildrenOfMine, out var usage);
        return usage.UserSeconds + usage.SystemSeconds + ((usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6);
    }

    /// <summary>Seconds since the tree was made: the process, what it runs and what it ran.</summary>
    public double CpuSeconds()
    {
        foreach (var orphan in ChildrenOf("self").Where(child => child != _root && StateOf(child) == "Z"))
        {
            _ = WaitFor(orphan, IntPtr.Zero, NoHang);
        }

        return EndedSeconds() - _before + SecondsOf(_root);
    }

    private static double SecondsOf(int process) => ((Ticks(process, OwnTicks) + Ticks(process, ChildTicks)) / (double)TicksPerSecond)
        + ChildrenOf(process.ToString(CultureInfo.InvariantCulture)).Sum(SecondsOf);

    private static long Ticks(int process, int field) => Stat(process) is [_, ..] stat
        ? long.Parse(stat[field], CultureInfo.InvariantCulture) + long.Parse(stat[field + 1], CultureInfo.InvariantCulture)
        : 0;

    private static string? StateOf(int process) => Stat(process) is [var state, ..] ? state : null;

    /// <summary>The fields after the name, which may hold blanks; none when the process is gone.</summary>
    private static string[] Stat(int process)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static List<int> ChildrenOf(string process)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{process}/task").SelectMany(
                thread => File.ReadAllText(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(id => int.Parse(id, CultureInfo.InvariantCulture)))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [DllImport("libc", EntryPoint = "waitpid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int WaitFor(int process, IntPtr status, int options);

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int who, out Usage usage);

    /// <summary>The kernel's <c>struct rusage</c>, of which only the times are looked at.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct Usage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
    }
}
