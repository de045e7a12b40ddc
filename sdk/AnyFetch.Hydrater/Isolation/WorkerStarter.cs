using System.Collections.Concurrent;
using System.Diagnostics;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>
/// Starts processes from one thread that lives as long as they may. The kernel's signal to a child whose parent died is bound to
/// the thread that started it: started from a thread of the pool, workers would die with that thread at some quiet moment.
/// </summary>
internal sealed class WorkerStarter : IDisposable
{
    private readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> _wanted = [];
    private readonly Thread _thread;

    internal WorkerStarter()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "hydration workers" };
        _thread.Start();
    }

    internal Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _wanted.Add((start, started));
        return started.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wanted.CompleteAdding();
        _thread.Join();
        _wanted.Dispose();
    }

    private void Run()
    {
        foreach (var (start, started) in _wanted.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start) ?? throw new InvalidOperationException("The worker did not start."));
            }
            catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
            {
                started.SetException(error);
            }
        }
    }
}
