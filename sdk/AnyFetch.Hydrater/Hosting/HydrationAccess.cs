using AnyFetch.Client;
using AnyFetch.Hydrater.Isolation;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydrater.Hosting;

/// <summary>How a task reaches the core: a client for other documents, and optionally a direct way to delete its own.</summary>
internal sealed record HydrationAccess(Func<AnyFetchClient?> Core, Func<CancellationToken, Task>? Delete)
{
    /// <summary>Inside a worker, the way to its host, which does what the worker cannot.</summary>
    internal WorkerCalls? Calls { get; init; }

    /// <summary>The attempt's time limit, which stands still while its programs do.</summary>
    internal WorkLimit? Limit { get; init; }
}
