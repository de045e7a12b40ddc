using AnyFetch.Core.Queue;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydration.Workers;

/// <summary>Runs all workers of this node.</summary>
internal sealed class HydrationWorkers(
    JobRouting routing,
    InProcessParts parts,
    ExternalCaller caller,
    CallbackDeadlines deadlines,
    IWorkQueue queue,
    TimeProvider timeProvider,
    ILoggerFactory loggers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var logger = loggers.CreateLogger<HydrationWorkers>();
        var workers = routing.InProcess.Select(h => new InProcessWorker(h, parts, logger)).ToList();
        try
        {
            JobPumpSettings[] pumps = [.. workers.Select(w => w.Pump), caller.Pump, deadlines.Pump];
            await Task.WhenAll(
                pumps.Select(p => new JobPump(p, queue, timeProvider, logger).RunAsync(stoppingToken))).ConfigureAwait(false);
        }
        finally
        {
            workers.ForEach(w => w.Dispose());
        }
    }
}
