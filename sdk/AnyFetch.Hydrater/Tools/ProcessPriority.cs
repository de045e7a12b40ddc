using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// What a process gets of the processor when others want it too. Linux shares it between sessions first, where it groups processes by
/// session, and only then between the processes of one: a wall gives each program a session of its own, and its niceness counts
/// for nothing there unless the session has the same one (sched(7), "The autogroup feature").
/// </summary>
internal static class ProcessPriority
{
    /// <summary>A tenth of what others have.</summary>
    internal const int LowNiceness = 10;

    /// <summary>Gives a process and all that it started a tenth of what others have. What cannot be changed stays as it is.</summary>
    internal static void Lower(int process)
    {
        var own = GroupOf("self");
        foreach (var member in ProcessFamily.Of(process))
        {
            // The kernel keeps the priority of each thread by itself. Threads and children that come after this inherit it.
            ProcessFamily.ThreadsOf(member).ForEach(thread => _ = SetPriority(0, thread, LowNiceness));

            // Without a wall a program is of the server's own session, which must not yield.
            var id = member.ToString(CultureInfo.InvariantCulture);
            if (GroupOf(id) is { } group && group != own)
            {
                LowerGroup($"/proc/{id}/autogroup");
            }
        }
    }

    private static void LowerGroup(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
            file.Write(Encoding.ASCII.GetBytes(LowNiceness.ToString(CultureInfo.InvariantCulture)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or the kernel wants to be asked again in a tenth of a second.
        }
    }

    /// <summary>The name of the session's group; null where there are none.</summary>
    private static string? GroupOf(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/autogroup").Split(' ')[0];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int priority);
}
