using System.Runtime.InteropServices;

namespace AnyFetch.Hydrater.Tools;

/// <summary>Has a program stand still and go on, with all that it started.</summary>
internal static class ProcessSignal
{
    private const int Go = 18;
    private const int StandStill = 19;

    /// <summary>Has a process and all that it started stand still.</summary>
    internal static void Stop(int process)
    {
        // What was started in the moment of the first signal is met by the second.
        Send(process, StandStill);
        Send(process, StandStill);
    }

    /// <summary>Lets a process and all that it started go on.</summary>
    internal static void Continue(int process) => Send(process, Go);

    private static void Send(int process, int signal)
    {
        foreach (var member in ProcessFamily.Of(process))
        {
            _ = Kill(member, signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
