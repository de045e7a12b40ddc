using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace AnyFetch.Hydrater.Tools;

/// <summary>
/// Starts processes from one thread that lives as long as they may. The kernel's signal to a child whose parent died is bound to
/// the thread that started it: started from a thread of the pool, they would die with that thread at some quiet moment.
/// </summary>
internal sealed class ProcessStarter : IDisposable
{
    private static readonly Lazy<ProcessStarter> s_tools = new(() => new ProcessStarter("tools"));

    private readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> _wanted = [];
    private readonly Thread _thread;

    internal ProcessStarter(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = $"starter of {name}" };
        _thread.Start();
    }

    /// <summary>Starts tools, which may live as long as this process: it is never disposed of.</summary>
    internal static ProcessStarter OfTools => s_tools.Value;

    /// <summary>Throws <see cref="Win32Exception"/> or <see cref="InvalidOperationException"/> when the process cannot be started.</summary>
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
                started.SetResult(Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start."));
            }
            catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
            {
                started.SetException(error);
            }
        }
    }
}
