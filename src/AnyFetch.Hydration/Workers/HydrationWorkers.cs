using AnyFetch.Core.Queue;
using AnyFetch.Hydration.Bulk;
using AnyFetch.Hydration.Children;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydration.Workers;

/// <summary>Runs all workers of this node.</summary>
internal sealed partial class HydrationWorkers(
    JobRouting routing,
    InProcessParts parts,
    ExternalCaller caller,
    CallbackDeadlines deadlines,
    RetainedFiles retained,
    BulkWorker bulk,
    ChildWorker children,
    IWorkQueue queue,
    TimeProvider timeProvider,
    ILogger<HydrationWorkers> logger) : BackgroundService
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var workers = routing.InProcess.Select(h => new InProcessWorker(h, parts, logger)).ToList();
        try
        {
            JobPumpSettings[] pumps =
            [
                .. workers.Select(w => w.Pump), caller.PumpOf(JobRouting.CallQueue), deadlines.Pump, retained.Pump, bulk.Pump,
                children.Pump,
            ];
            var served = pumps.Select(p => p.Queue).ToHashSet(StringComparer.Ordinal);
            await Task.WhenAll(
                [.. pumps.Select(p => PumpAsync(p, stoppingToken)), ServeLeftQueuesAsync(served, stoppingToken)])
                .ConfigureAwait(false);
        }
        finally
        {
            workers.ForEach(w => w.Dispose());
        }
    }

    private Task PumpAsync(JobPumpSettings settings, CancellationToken stoppingToken) =>
        new JobPump(settings, queue, timeProvider, logger).RunAsync(stoppingToken);

    /// <summary>
    /// Jobs of a hydrater that does not run in this process any more would wait for ever, and their documents with them. They
    /// are called over HTTP like somebody else's, which works or ends in an error.
    /// </summary>
    private async Task ServeLeftQueuesAsync(HashSet<string> served, CancellationToken stoppingToken)
    {
        var pumping = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var counts = await queue.CountAsync(stoppingToken).ConfigureAwait(false);
                foreach (var left in counts.Select(c => c.Queue).Where(JobRouting.IsInProcessQueue).Where(served.Add))
                {
                    LogLeft(left);
                    pumping.Add(PumpAsync(caller.PumpOf(left), stoppingToken));
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogLookFailed(e);
            }

            await Task.Delay(s_lookEvery, timeProvider, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(pumping).ConfigureAwait(false);
    }

    [LoggerMessage(5060, LogLevel.Warning, "The hydrater of queue {Queue} does not run in this process; its jobs are called over HTTP.")]
    private partial void LogLeft(string queue);

    [LoggerMessage(5061, LogLevel.Error, "Looking for queues without a worker failed; trying again in a minute.")]
    private partial void LogLookFailed(Exception error);
}
