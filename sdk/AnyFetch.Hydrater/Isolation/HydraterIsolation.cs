using AnyFetch.Hydrater.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>
/// Runs hydraters in worker processes (hydration.md §10): no network, a folder of their own and none of the machine's other
/// files, limits on memory and time. A file that crashes its reader, exhausts its memory or holds it for ever ends that worker
/// and is that document's error; nothing else notices. The workers are shared by all hydraters that one object isolates.
/// <code>
/// await using var isolation = new HydraterIsolation(new IsolationOptions { Program = Environment.ProcessPath!, Arguments = ["worker"] });
/// app.MapAnyFetchHydrater(isolation.Isolate(new MyHydrater()));
/// </code>
/// The program runs <see cref="IsolationWorker.Run"/> when it is started with those arguments. What applies depends on the system,
/// as for native tools: with <c>bwrap</c> all of it.
/// </summary>
public sealed class HydraterIsolation : IAsyncDisposable
{
    private readonly WorkerPool _pool;

    /// <summary>Starts nothing yet: workers are started when they are wanted.</summary>
    public HydraterIsolation(IsolationOptions options, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        TempFolder.RemoveStale(options.TempFolder, time ?? TimeProvider.System);
        _pool = new WorkerPool(options, time ?? TimeProvider.System, logger ?? NullLogger.Instance);
    }

    /// <summary>
    /// The same hydrater, run by workers; the hydrater itself when its descriptor says that it needs no isolation. It can be
    /// used wherever the other could.
    /// </summary>
    public IHydrater Isolate(IHydrater hydrater)
    {
        ArgumentNullException.ThrowIfNull(hydrater);
        return hydrater.Descriptor.NeedsIsolation ? new IsolatedHydrater(hydrater, _pool) : hydrater;
    }

    /// <summary>Ends all workers.</summary>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
