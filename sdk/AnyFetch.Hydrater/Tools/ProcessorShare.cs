using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// What a process gets of the processor when others want it too. Linux shares it between sessions first, where it groups processes by
/// session, and only then between the processes of one: a wall gives each program a session of its own, and its niceness counts
/// for nothing there unless the session has the same one (sched(7), "The autogroup feature").
/// </summary>
internal sealed class ProcessorShare
{
    /// <summary>A tenth of what others have.</summary>
    internal static readonly ProcessorShare Background = new(10, isIdle: false);

    /// <summary>A thirtieth.</summary>
    internal static readonly ProcessorShare Slow = new(15, isIdle: false);

    /// <summary>A seventieth at most.</summary>
    internal static readonly ProcessorShare Idle = new(19, isIdle: true);

    private const int IdlePolicy = 5;

    private readonly int _niceness;
    private readonly bool _isIdle;

    private ProcessorShare(int niceness, bool isIdle)
    {
        _niceness = niceness;
        _isIdle = isIdle;
    }

    /// <summary>Gives a process and all that it started this share. What cannot be changed stays as it is.</summary>
    internal void GiveTo(int process)
    {
        var own = GroupOf("self");
        foreach (var member in ProcessFamily.Of(process))
        {
            // The kernel keeps the priority of each thread by itself. Threads and children that come after this inherit it.
            ProcessFamily.ThreadsOf(member).ForEach(GiveToThread);

            // Without a wall a program is of the server's own session, which must not yield.
            var id = member.ToString(CultureInfo.InvariantCulture);
            if (GroupOf(id) is { } group && group != own)
            {
                GiveToGroup($"/proc/{id}/autogroup");
            }
        }
    }

    private void GiveToThread(int thread)
    {
        _ = SetPriority(0, thread, _niceness);
        if (_isIdle)
        {
            var none = 0;
            _ = SetScheduler(thread, IdlePolicy, in none);
        }
    }

    private void GiveToGroup(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
            file.Write(Encoding.ASCII.GetBytes(_niceness.ToString(CultureInfo.InvariantCulture)));
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

    /// <summary>The third argument is a structure of one number, of which only 0 is allowed here.</summary>
    [DllImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetScheduler(int who, int policy, in int parameters);
}
