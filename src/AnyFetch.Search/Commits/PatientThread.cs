using System.Runtime.InteropServices;

namespace AnyFetch.Search.Commits;

/// <summary>
/// Runs long computations on threads of their own, so that requests do not wait for a thread of the pool, and where the
/// system lets threads have priorities, with a low one: searches and changes go first when processors are scarce.
/// </summary>
internal static partial class PatientThread
{
    private const int PriorityOfProcess = 0;

    /// <summary>Runs something; its result or its failure is the task's.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="niceness">How far it steps back: 0 not at all, 19 as far as possible.</param>
    public static Task<T> RunAsync<T>(Func<T> action, int niceness)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                StepBack(niceness);
                result.SetResult(action());
            }
            catch (OperationCanceledException e)
            {
                result.SetCanceled(e.CancellationToken);
            }
            catch (Exception e) when (result.TrySetException(e))
            {
                // Whoever waits for the task gets it.
            }
        })
        {
            IsBackground = true,
            Name = "search index files",
        };
        thread.Start();
        return result.Task;
    }

    /// <summary>On Linux a thread has a niceness of its own, and number 0 is the thread that asks. Refused, it stays as it is.</summary>
    private static void StepBack(int niceness)
    {
        if (OperatingSystem.IsLinux())
            _ = SetPriority(PriorityOfProcess, 0, niceness);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);
}
