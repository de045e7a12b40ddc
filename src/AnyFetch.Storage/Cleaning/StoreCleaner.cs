using AnyFetch.Core.Locks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Storage.Cleaning;

/// <summary>
/// Removes what is too old, from time to time and on one node at once, in small transactions so that nobody waits for
/// it: given-up jobs and remembered deletions.
/// </summary>
internal sealed partial class StoreCleaner(
    DeadJobPruning deadJobs,
    DeletionPruning deletions,
    ILockStore locks,
    StorageOptions options,
    TimeProvider timeProvider,
    ILogger<StoreCleaner> logger) : BackgroundService
{
    private const string LockName = "store-cleaner";
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(2);

    private readonly string _owner = Guid.NewGuid().ToString("N");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nodes that were started together come at different times; one that restarts often comes too.
        var pause = TimeSpan.FromMinutes(options.CleanUpMinutes);
        var next = pause * Random.Shared.NextDouble();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(next, timeProvider, stoppingToken).ConfigureAwait(false);
                await CleanAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // The store may be out of reach for a while; what is too old waits for the next turn.
                LogFault(logger, fault);
            }

            next = pause * (0.9 + (0.2 * Random.Shared.NextDouble()));
        }
    }

    /// <summary>Removes everything that is too old now, unless another node does.</summary>
    internal async ValueTask CleanAsync(CancellationToken cancellationToken)
    {
        if (!await HoldAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await RepeatAsync(deadJobs.PruneAsync, cancellationToken).ConfigureAwait(false);
        await RepeatAsync(deletions.PruneAsync, cancellationToken).ConfigureAwait(false);
        await locks.ReleaseAsync(LockName, _owner, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on while there is more and the lock is held.</summary>
    private async ValueTask RepeatAsync(
        Func<CancellationToken, ValueTask<bool>> prune,
        CancellationToken cancellationToken)
    {
        while (await HoldAsync(cancellationToken).ConfigureAwait(false)
            && await prune(cancellationToken).ConfigureAwait(false))
        {
        }
    }

    private ValueTask<bool> HoldAsync(CancellationToken cancellationToken) =>
        locks.TryAcquireAsync(LockName, _owner, s_lease, cancellationToken);

    [LoggerMessage(2002, LogLevel.Warning, "Removing what is too old failed and is tried again later")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
