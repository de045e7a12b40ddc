using AnyFetch.Client;
using AnyFetch.Provider.Hosting;
using AnyFetch.Provider.Sending;
using AnyFetch.Provider.Store;
using Microsoft.Extensions.Caching.Memory;

namespace AnyFetch.Provider.Running;

/// <summary>One run of one account: listing and sending side by side, then the report (provider-protocol, section 5).</summary>
internal sealed class AccountRun(
    ProviderRuntime runtime, AccountRow account, RunRequest request, long since, SemaphoreSlim places,
    CancellationToken hostStops)
{
    private const int CacheEntriesMax = 50;

    private readonly DateTimeOffset _started = runtime.Time.GetUtcNow();
    private readonly string _mode = request.PermissionsOnly ? "permissions"
        : account.Cursor is null || request.Full || account.IsJunkChanged(runtime.Options.Junk) ? "full" : "incremental";
    private ActiveRun? _run;
    private string? _listingError;
    private volatile bool _isEnding;

    /// <summary>Whether more waits than this run was allowed to send.</summary>
    public bool LeftBacklog { get; private set; }

    /// <summary>When the first item that was not ready may be tried again; null when there is none.</summary>
    public long? NextWaiting { get; private set; }

    /// <summary>Whether the run gave its place away and did not get it back.</summary>
    public bool HoldsPlace => _run?.Gate.HoldsPlace ?? true;

    /// <summary>Items that a task works on, or that are about to be.</summary>
    public int InFlight => _run?.InFlight.Count ?? 0;

    public bool IsListed => _run?.IsListed ?? false;

    public bool IsEnding => _isEnding;

    public bool IsPaused => _run?.Gate.IsPaused ?? false;

    public RunReport Report(string outcome = "running") => new()
    {
        Id = _run?.RunId ?? 0,
        Reason = request.Reason,
        Mode = _mode,
        Outcome = outcome,
        Phase = outcome == "running" ? _run?.Counters.Phase ?? "listing" : "done",
        Started = _started,
        Ended = outcome == "running" ? null : runtime.Time.GetUtcNow(),
        Seen = _run?.Counters.Seen ?? 0,
        Sent = _run?.Counters.Sent ?? 0,
        Moved = _run?.Counters.Moved ?? 0,
        Skipped = _run?.Counters.Skipped ?? 0,
        Excluded = _run?.Counters.Excluded ?? 0,
        Deleted = _run?.Counters.Deleted ?? 0,
        Failed = _run?.Counters.Failed ?? 0,
        Backlog = Math.Max(0, _run?.Counters.PendingUpserts ?? 0),
        Bytes = _run?.Counters.Bytes ?? 0,
        PruneBlocked = _run?.Counters.PruneBlocked,
        Pruned = _run?.Counters.Pruned ?? false,
        Error = _run?.AbortError ?? _listingError,
    };

    /// <summary>Seconds until the run is likely done; null while nobody can tell.</summary>
    public long? EtaSeconds()
    {
        if (_run is not { IsListed: true } run || run.Counters.Sent == 0)
        {
            return null;
        }

        var perItem = (runtime.Time.GetUtcNow() - _started) / run.Counters.Sent;
        return (long)(perItem * Math.Min(run.Counters.PendingUpserts, run.AdditionsLeft)).TotalSeconds;
    }

    /// <summary>Documents sent and deleted per second so far; null before the first.</summary>
    public double? ItemsPerSecond()
    {
        var done = _run is null ? 0 : _run.Counters.Sent + _run.Counters.Deleted;
        var seconds = (runtime.Time.GetUtcNow() - _started).TotalSeconds;
        return done > 0 && seconds > 0 ? Math.Round(done / seconds, 1) : null;
    }

    public async Task<RunEnd> ExecuteAsync(CancellationToken cancellationToken)
    {
        var runId = await runtime.Store.Runs.BeginAsync(account.Id, Report(), cancellationToken);
        var fromScratch = request.Full || account.IsJunkChanged(runtime.Options.Junk) || (request.Force && await PruneWaitsAsync(cancellationToken));
        using var run = new ActiveRun(runtime, account, request, runId, fromScratch, places, cancellationToken);
        _run = run;
        runtime.Log.RunStarted(account.Id, runId, request.Reason);
        using var activity = ProviderMeter.StartRun(runtime.Name, account.Id, runId, request.Reason, _mode);
        var end = await RunStepsAsync(run, cancellationToken);
        await run.EndAsync();
        _isEnding = true;
        await FinishAsync(run, end);
        runtime.Meter.RunEnded(OutcomeName(end), run.Counters, runtime.Time.GetUtcNow() - _started);
        activity?.SetTag("outcome", OutcomeName(end));
        runtime.Log.RunEnded(
            account.Id, runId, end, run.Counters.Seen, run.Counters.Sent, run.Counters.Deleted, run.Counters.Failed);
        return end;
    }

    private async Task<RunEnd> RunStepsAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        using var cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = CacheEntriesMax });
        using var heartbeatStops = CancellationTokenSource.CreateLinkedTokenSource(run.Stops);
        var heartbeat = HeartbeatAsync(heartbeatStops.Token);
        try
        {
            await run.Store.Items.RefreshAsync(account.Id, run.Stops);
            run.Counters.StartWith(
                await run.Store.Items.CountAsync(account.Id, ItemOperation.Upsert, run.Stops));
            if (account.PausedUntil is { } until && until > run.Now())
            {
                await run.PauseAsync(TimeSpan.FromMilliseconds(until - run.Now()));
            }

            var core = runtime.CreateCore(account.Token!, request);
            var context = new FetchContext(run.Source, core, cache, runtime.Time)
            {
                ProviderUrl = runtime.Identity.ProviderUrl,
                Junk = run.Junk,
            };
            var sending = new SendingStep(
                run, new ItemSender(run.Provider, context, account.Token!, run.Options), core.Documents);
            await Task.WhenAll(ListAsync(run), SendAsync(run, sending));
            return End(run, cancellationToken);
        }
        catch (OperationCanceledException) when (run.Stops.IsCancellationRequested)
        {
            return End(run, cancellationToken);
        }
        finally
        {
            await heartbeatStops.CancelAsync();
            await heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListAsync(ActiveRun run)
    {
        try
        {
            await new ListingStep(run).RunAsync(run.Stops);
        }
        catch (TokenException dead)
        {
            run.Abort(RunEnd.RefreshRequired, dead.Message);
        }
        catch (OperationCanceledException) when (run.Stops.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What was queued before is still sent; the cursor stays where the last checkpoint put it.
            _listingError = failure.Message;
            runtime.Log.ListingFailed(
                account.Id, FailureKinds.CodeOf(failure), FailureKinds.ReasonOf(failure),
                FailureKinds.IsExpected(failure) ? null : failure);
            await RecordListingErrorAsync(run, failure);
        }
        finally
        {
            run.ListingEnded();
        }
    }

    private static async Task SendAsync(ActiveRun run, SendingStep sending)
    {
        try
        {
            await sending.RunAsync(run.Stops);
        }
        catch (Exception) when (!run.Stops.IsCancellationRequested)
        {
            // Without a sender the listing would wait for ever.
            run.Abort(RunEnd.Failed, "Sending stopped because of an internal fault.");
            throw;
        }
    }

    private Task RecordListingErrorAsync(ActiveRun run, Exception failure)
    {
        var error = new ErrorRow
        {
            Identifier = "",
            Stage = "list",
            Code = FailureKinds.CodeOf(failure),
            Message = failure.Message,
            Attempts = 1,
            LastSeen = run.Now(),
            Retryable = true,
        };
        return runtime.Store.Queue.RunAsync(
            connection => ErrorTable.Put(connection, account.Id, error, run.Options.ErrorsMax), CancellationToken.None);
    }

    private RunEnd End(ActiveRun run, CancellationToken cancellationToken)
    {
        if (run.AbortEnd is { } aborted)
        {
            return aborted;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return hostStops.IsCancellationRequested ? RunEnd.Interrupted : RunEnd.Canceled;
        }

        var counters = run.Counters;
        var items = counters.Sent + counters.Deleted + counters.Failed;
        var tooManyFailed = counters.Failed >= run.Options.FailureItemsMin
            && counters.Failed * 100 > items * run.Options.FailurePercentMax;
        if (tooManyFailed)
        {
            _listingError ??= $"{counters.Failed} of {items} items failed.";
        }

        return tooManyFailed || _listingError is not null ? RunEnd.Failed : RunEnd.Succeeded;
    }

    private async Task FinishAsync(ActiveRun run, RunEnd end)
    {
        var report = Report(OutcomeName(end));
        LeftBacklog = end is RunEnd.Succeeded && run.IsCapReached && report.Backlog > 0;
        await runtime.Store.Runs.SaveAsync(
            account.Id, run.RunId, report, run.Options.RunsMax, CancellationToken.None);
        if (end == RunEnd.Interrupted)
        {
            return;
        }

        if (end == RunEnd.RefreshRequired)
        {
            await runtime.Store.Accounts.RequireRefreshAsync(account.Id, CancellationToken.None);
        }

        NextWaiting = await runtime.Store.Items.NextWaitingAsync(account.Id, CancellationToken.None);
        long? success = end == RunEnd.Succeeded ? run.Now() : null;
        if (success is { } now && run.IsFull)
        {
            await runtime.Store.Accounts.ListedFullyAsync(account.Id, now, CancellationToken.None);
        }

        if (end == RunEnd.Succeeded)
        {
            await runtime.Store.Errors.ClearListingAsync(
                account.Id, _started.ToUnixTimeMilliseconds(), CancellationToken.None);
        }

        await runtime.Schedules.PlanAsync(account, CancellationToken.None);
        await runtime.Store.Accounts.UnlockAsync(account.Id, since, success, report.Error, CancellationToken.None);
        await new RunNotices(runtime, account, request).SendAsync(end, report, hostStops);
    }

    private async Task<bool> PruneWaitsAsync(CancellationToken cancellationToken) =>
        await runtime.Store.Accounts.FindPruneBlockedAsync(account.Id, cancellationToken) is not null;

    private async Task HeartbeatAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(runtime.Options.HeartbeatSeconds), runtime.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = runtime.Time.GetUtcNow().ToUnixTimeMilliseconds();
            await runtime.Store.Accounts.HeartbeatAsync(account.Id, now, cancellationToken);
        }
    }

    private static string OutcomeName(RunEnd end) => end switch
    {
        RunEnd.Succeeded => "succeeded",
        RunEnd.Failed => "failed",
        RunEnd.Canceled => "canceled",
        RunEnd.Interrupted => "interrupted",
        _ => "refresh_required",
    };
}
