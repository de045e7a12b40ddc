using AnyFetch.Core.Feed;
using AnyFetch.Core.Locks;
using AnyFetch.Hydration.Rounds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Dispatch;

/// <summary>
/// Follows the change feed and dispatches what documents need. One node at a time does it; should two overlap, the second
/// finds every document changed already.
/// </summary>
internal sealed partial class HydrationFollower(
    IChangeFeed feed,
    IFeedCursorStore cursors,
    ILockStore locks,
    HydrationEngine engine,
    IOptions<HydrationOptions> options,
    TimeProvider timeProvider,
    ILogger<HydrationFollower> logger) : BackgroundService
{
    internal const string Consumer = "hydration";

    private const string LockName = "hydration-follower";

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_saveEvery = TimeSpan.FromSeconds(1);

    private readonly string _owner = Guid.NewGuid().ToString("N");
    private readonly TimeSpan _lease = TimeSpan.FromSeconds(options.Value.FollowerLeaseSeconds);
    private long _leasedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await TryLeadAsync(stoppingToken).ConfigureAwait(false))
                {
                    await FollowAsync(stoppingToken).ConfigureAwait(false);
                }

                await Task.Delay(s_pause, timeProvider, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The store may be away for a while; nothing is lost, because the position was not saved.
                LogFailed(e);
                await Task.Delay(s_pause, timeProvider, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await LetGoAsync().ConfigureAwait(false);
    }

    /// <summary>Works until the lock is lost.</summary>
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var position = await cursors.GetAsync(Consumer, cancellationToken).ConfigureAwait(false);
        var saved = position;
        var savedAt = timeProvider.GetTimestamp();
        while (await TryLeadAsync(cancellationToken).ConfigureAwait(false))
        {
            var entries = await feed.ReadAsync(position, options.Value.FeedBatchMax, null, cancellationToken)
                .ConfigureAwait(false);
            if (entries.Count > 0)
            {
                await DispatchAsync(entries, cancellationToken).ConfigureAwait(false);
                position = entries[^1].Position;
            }

            if (position != saved && (entries.Count == 0 || timeProvider.GetElapsedTime(savedAt) >= s_saveEvery))
            {
                await cursors.SaveAsync(Consumer, position, cancellationToken).ConfigureAwait(false);
                (saved, savedAt) = (position, timeProvider.GetTimestamp());
            }

            if (entries.Count == 0)
            {
                await WaitAsync(position, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Returns when all work for these entries is durable; they share the store's transactions.</summary>
    private async Task DispatchAsync(IReadOnlyList<FeedEntry> entries, CancellationToken cancellationToken)
    {
        List<Task>? pending = null;
        foreach (var entry in entries)
        {
            if (entry.Document is not { } document)
            {
                continue;
            }

            var round = await engine.PlanAsync(document, RoundTrigger.Client, cancellationToken).ConfigureAwait(false);
            if (!ReferenceEquals(round.Document, document))
            {
                pending ??= [];
                pending.Add(engine.HoldAsync(document, round, cancellationToken));
            }
        }

        if (pending is not null)
        {
            await Task.WhenAll(pending).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for a change, but not past the time when the lock has to be prolonged.</summary>
    private async Task WaitAsync(FeedPosition position, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(_lease / 3, timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            await feed.WaitAsync(position, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Nothing came in time, which is no failure.
        }
    }

    private async ValueTask<bool> TryLeadAsync(CancellationToken cancellationToken)
    {
        if (_leasedAt != 0 && timeProvider.GetElapsedTime(_leasedAt) < _lease / 3)
        {
            return true;
        }

        var at = timeProvider.GetTimestamp();
        var leads = await locks.TryAcquireAsync(LockName, _owner, _lease, cancellationToken).ConfigureAwait(false);
        _leasedAt = leads ? at : 0;
        return leads;
    }

    private async Task LetGoAsync()
    {
        using var stop = new CancellationTokenSource(s_pause, timeProvider);
        try
        {
            await locks.ReleaseAsync(LockName, _owner, stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The lease runs out by itself.
            LogFailed(e);
        }
    }

    [LoggerMessage(5010, LogLevel.Error, "Following the change feed for hydration failed; it goes on from the saved position.")]
    private partial void LogFailed(Exception error);
}
