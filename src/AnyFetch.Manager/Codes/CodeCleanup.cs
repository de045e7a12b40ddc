using AnyFetch.Core.Clients;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Manager.Codes;

/// <summary>
/// Forgets old codes. Spent and expired ones are kept for a day more, so that trading a spent code again is still
/// recognised and revokes what it gave.
/// </summary>
internal sealed partial class CodeCleanup(
    IClientStore clients,
    TimeProvider timeProvider,
    ILogger<CodeCleanup> logger) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, timeProvider);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
                await clients.RemoveExpiredCodesAsync(timeProvider.GetUtcNow() - s_kept, stoppingToken)
                    .ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The store may be away for a while; the next round tries again.
                CleanupFailed(logger, e);
            }
        }
    }

    [LoggerMessage(EventId = 6001, Level = LogLevel.Warning, Message = "Old authorization codes were not removed.")]
    private static partial void CleanupFailed(ILogger logger, Exception exception);
}
