using AnyFetch.Provider.Store;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Provider.Running;

/// <summary>
/// The listing of one run: reads the provider's stream and takes it into the durable queue, batch by batch, in order. Only
/// one batch is ever in memory.
/// </summary>
internal sealed class ListingStep(ActiveRun run)
{
    // A slow source's items are taken in after this time even when the batch is not full.
    private static readonly TimeSpan BatchAge = TimeSpan.FromMilliseconds(250);

    private readonly List<SyncItem> _batch = new(run.Options.ListingBatchItems);
    private long _listing = -1;
    private long _started;
    private long _queued;
    private bool _incomplete;

    /// <summary>Lists everything, retrying from the last checkpoint. Returns normally when the listing ended or was cut.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var checkpoints = _checkpoints;
            try
            {
                await ListOnceAsync(cancellationToken);
                return;
            }
            catch (CursorExpiredException)
            {
                run.Log.CursorExpired(run.Account.Id);
                run.RestartInFull();
                _batch.Clear();
                attempt = 0;
            }
            catch (Exception failure) when (CanRetry(failure, cancellationToken))
            {
                _batch.Clear();
                attempt = _checkpoints > checkpoints ? 1 : attempt;
                if (attempt >= run.Options.AttemptsMax)
                {
                    throw;
                }

                await run.PauseAsync(FailureKinds.RetryAfterOf(failure) ?? Backoff.Next(run.Options, attempt));
            }
        }
    }

    private int _checkpoints;

    private async Task ListOnceAsync(CancellationToken cancellationToken)
    {
        var context = await run.BeginListingAsync(cancellationToken);
        if (_listing != run.Listing)
        {
            (_listing, _started, _incomplete) = (run.Listing, run.Now(), false);
        }

        await run.Gate.WaitAsync(cancellationToken);
        var oldest = run.Time.GetTimestamp();
        await foreach (var item in run.Provider.SyncAsync(context, cancellationToken))
        {
            _batch.Add(item);

            // A checkpoint closes its batch, so that the cursor is stored with the items before it.
            if (item is SyncItem.Checkpoint or SyncItem.ListingComplete
                || _batch.Count >= run.Options.ListingBatchItems || run.Time.GetElapsedTime(oldest) > BatchAge)
            {
                await TakeAsync(cancellationToken);
                if (await IsCutAsync(cancellationToken))
                {
                    return;
                }

                await run.Gate.WaitAsync(cancellationToken);
                oldest = run.Time.GetTimestamp();
            }
        }

        await TakeAsync(cancellationToken);
    }

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
        {
            return;
        }

        var items = _batch.ToArray();
        _batch.Clear();
        if (Array.Exists(items, item => item is SyncItem.ListingComplete))
        {
            run.Counters.Phase = "pruning";
        }

        var scope = Scope();
        var result = await run.Store.Queue.RunAsync(
            connection => Intake.Apply(connection, scope, items), cancellationToken);
        run.Counters.Take(result);
        _queued += result.Queued;
        _checkpoints += result.Checkpoints;
        _incomplete |= result.Incomplete;
        if (items[^1] is SyncItem.Checkpoint or SyncItem.ListingComplete)
        {
            run.ReleaseDeletes(result.LastSequence);
        }

        run.WorkArrived();
    }

    private IntakeScope Scope() => new()
    {
        Account = run.Account.Id,
        Run = run.RunId,
        Listing = run.Listing,
        Now = run.Now(),
        Started = _started,
        Force = run.Request.Force,
        PermissionsOnly = run.Request.PermissionsOnly,
        PrunePercentMax = run.Options.PrunePercentMax,
        PruneItemsFree = run.Options.PruneItemsFree,
        ErrorsMax = run.Options.ErrorsMax,
        QueuedMax = run.Options.OverflowPolicy == OverflowPolicy.Drop ? run.Request.DocumentsPerUpdate : null,
        QueuedBefore = _queued,
        IsIncomplete = _incomplete,
    };

    // The listing waits while enough is queued; when the cap is used up as well, the rest is for the next run.
    private async Task<bool> IsCutAsync(CancellationToken cancellationToken)
    {
        if (run.Options.ListingAheadCaps <= 0)
        {
            return false;
        }

        var most = (long)run.Options.ListingAheadCaps * run.Request.DocumentsPerUpdate;
        if (run.Counters.PendingUpserts <= most)
        {
            return false;
        }

        run.HoldListing(true);
        while (true)
        {
            // Taken before looking, so that a task that ends in between is not missed.
            var progress = run.Pulse.Next;
            if (run.Counters.PendingUpserts <= most || run.IsCapReached)
            {
                break;
            }

            await progress.WaitAsync(cancellationToken);
        }

        run.HoldListing(false);
        return run.Counters.PendingUpserts > most;
    }

    private static bool CanRetry(Exception failure, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && failure is SourceException or HttpRequestException or TimeoutException or IOException
        && FailureKinds.Of(failure, atCore: false) == FailureKind.Retry;
}
