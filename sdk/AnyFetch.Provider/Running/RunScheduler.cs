using System.Collections.Concurrent;
using AnyFetch.Provider.Hosting;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Running;

/// <summary>
/// Runs accounts, one run each at a time and <c>UsersConcurrency</c> accounts at once. Requests are in the store before
/// they are answered, and an interrupted run starts again with the host.
/// </summary>
internal sealed class RunScheduler(ProviderRuntime runtime) : IAsyncDisposable
{
    /// <summary>Until a run that is as good as over is; a caller waits that long for its answer.</summary>
    private static readonly TimeSpan s_endMax = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, AccountSlot> _slots = new();
    private readonly ConcurrentDictionary<Task, bool> _background = new();
    private readonly SemaphoreSlim _places = new(Math.Max(1, runtime.Options.UsersConcurrency));
    private readonly CancellationTokenSource _stops = new();

    /// <summary>Ends with the host.</summary>
    public CancellationToken Stops => _stops.Token;

    /// <summary>Accounts that wait for their turn, and accounts at work.</summary>
    public (int Pending, int Processing) Count()
    {
        var runs = _slots.Values.Select(slot => slot.Current).Where(run => run is { IsOver: false }).ToList();
        return (runs.Count(run => !run!.IsAtWork), runs.Count(run => run!.IsAtWork));
    }

    public RunHandle? Find(long account) =>
        _slots.TryGetValue(account, out var slot) && slot.Current is { IsOver: false } run ? run : null;

    /// <summary>Starts a run. False when one is under way and fresh, and the request does not force.</summary>
    public async Task<bool> TryRequestAsync(AccountRow account, RunRequest request, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(account.Id, _ => new AccountSlot());
        await slot.Decisions.WaitAsync(cancellationToken);
        try
        {
            if (slot.Current is { IsOver: false } current)
            {
                if (!request.Force && IsFresh(current))
                {
                    if (!await IsOverSoonAsync(current, cancellationToken) || !await MayRunAsync(account.Id, cancellationToken))
                    {
                        return false;
                    }
                }
                else
                {
                    await StopAsync(current);
                }
            }

            var now = runtime.Time.GetUtcNow().ToUnixTimeMilliseconds();
            await runtime.Store.Accounts.LockAsync(account.Id, request, now, cancellationToken);

            // Whoever wanted a run so far gets this one.
            slot.Wish = null;
            slot.Current = Start(account.Id, request, now);
            return true;
        }
        finally
        {
            slot.Decisions.Release();
        }
    }

    /// <summary>
    /// Starts a run, or has one follow the one under way, which may have passed what the caller knows to be new. True when it starts now.
    /// One that still lists is the run that is asked for, unless that one began with other terms.
    /// </summary>
    public async Task<bool> RequestAsync(
        AccountRow account, RunRequest request, CancellationToken cancellationToken, bool hasNewTerms = false) =>
        await TryRequestAsync(account, request, cancellationToken)
        || ((hasNewTerms || Find(account.Id) is not { IsListed: false })
            && await FollowAsync(account, request, cancellationToken));

    /// <summary>Asks for a run on the provider's own account, now or as soon as the one under way is over.</summary>
    public Task RequestSoonAsync(long accountId, string reason, CancellationToken cancellationToken, bool full = false) =>
        RequestSoonAsync(accountId, account => runtime.CreateRequest(account, reason, full), cancellationToken);

    /// <summary>Goes on with a run that a stop or a crash interrupted.</summary>
    public bool Resume(AccountRow account)
    {
        if (account.RunRequest is not { } request)
        {
            return false;
        }

        var slot = _slots.GetOrAdd(account.Id, _ => new AccountSlot());
        slot.Current = Start(account.Id, request, account.UpdatingSince ?? request.RequestedAt);
        return true;
    }

    /// <summary>Stops an account's run, waits until it is over, then changes the account before another run can start.</summary>
    public async Task StopAndAsync(long account, Func<Task> change, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(account, _ => new AccountSlot());
        await slot.Decisions.WaitAsync(cancellationToken);
        try
        {
            slot.Wish = null;
            if (slot.Current is { IsOver: false } current)
            {
                await StopAsync(current);
            }

            await change();
        }
        finally
        {
            slot.Decisions.Release();
        }
    }

    /// <summary>Work beside the runs that ends with the host.</summary>
    public void InBackground(long account, Func<CancellationToken, Task> work)
    {
        var task = Task.Run(() => FenceAsync(account, work), CancellationToken.None);
        _background[task] = true;
        _ = task.ContinueWith(done => _background.TryRemove(done, out _), TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stops.CancelAsync();
        var open = _slots.Values.Select(slot => slot.Current?.Over ?? Task.CompletedTask).Concat(_background.Keys);
        var limit = TimeSpan.FromSeconds(runtime.Options.StopSeconds);
        await Task.WhenAll(open).WaitAsync(limit, runtime.Time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _places.Dispose();
        _stops.Dispose();
    }

    private bool IsFresh(RunHandle run) =>
        runtime.Time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(run.Since)
            <= TimeSpan.FromHours(runtime.Options.LockHoursMax);

    /// <summary>Whether a run only tells how it ended, and is over in a moment.</summary>
    private async Task<bool> IsOverSoonAsync(RunHandle run, CancellationToken cancellationToken)
    {
        if (run.IsEnding)
        {
            await run.Over.WaitAsync(s_endMax, runtime.Time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return run.IsOver;
    }

    /// <summary>Whether an account is still there, and needs nobody to connect it again.</summary>
    private async Task<bool> MayRunAsync(long account, CancellationToken cancellationToken) =>
        await runtime.Store.Accounts.FindAsync(account, cancellationToken) is { RequireRefresh: false, Token: not null };

    private async Task RequestSoonAsync(
        long accountId, Func<AccountRow, RunRequest> create, CancellationToken cancellationToken)
    {
        var account = await runtime.Store.Accounts.FindAsync(accountId, cancellationToken);
        if (account is null || account.RequireRefresh || account.Token is null)
        {
            return;
        }

        var request = create(account);
        if (!await TryRequestAsync(account, request, cancellationToken))
        {
            await FollowAsync(account, request, cancellationToken);
        }
    }

    /// <summary>Has a run follow the one under way. True when that was over meanwhile, so that the other has started.</summary>
    private async Task<bool> FollowAsync(AccountRow account, RunRequest request, CancellationToken cancellationToken)
    {
        var slot = _slots[account.Id];
        slot.Wish = request;

        // The run may have ended in between, too early to see the wish.
        return Find(account.Id) is null && slot.TakeWish() is { } wish && await MayRunAsync(account.Id, cancellationToken)
            && await TryRequestAsync(account, wish, cancellationToken);
    }

    private async Task StopAsync(RunHandle run)
    {
        await run.CancelAsync();
        await run.Over.WaitAsync(TimeSpan.FromSeconds(runtime.Options.StopSeconds), runtime.Time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private RunHandle Start(long account, RunRequest request, long since)
    {
        var handle = new RunHandle(since, CancellationTokenSource.CreateLinkedTokenSource(_stops.Token));
        handle.Begin(Task.Run(() => RunAsync(handle, account, request), CancellationToken.None));

        // Only once the run counts as over: a wish that came before is seen here, a later one starts its own run.
        _ = handle.Over.ContinueWith(_ => After(account, handle), TaskScheduler.Default);
        return handle;
    }

    private async Task RunAsync(RunHandle handle, long accountId, RunRequest request)
    {
        try
        {
            await _places.WaitAsync(handle.Stops);
            try
            {
                var account = await runtime.Store.Accounts.FindAsync(accountId, handle.Stops);
                if (account?.Token is null)
                {
                    return;
                }

                var run = new AccountRun(runtime, account, request, handle.Since, _places, _stops.Token);
                handle.Run = run;
                handle.End = await run.ExecuteAsync(handle.Stops);
            }
            finally
            {
                if (handle.Run?.HoldsPlace ?? true)
                {
                    _places.Release();
                }
            }
        }
        catch (OperationCanceledException) when (handle.Stops.IsCancellationRequested)
        {
            // Removed, reset or stopped before its turn came.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            runtime.Log.RunFaulted(accountId, failure);
            await runtime.Store.Accounts.UnlockAsync(
                accountId, handle.Since, success: null, failure.Message, CancellationToken.None);
        }
    }

    private void After(long account, RunHandle handle)
    {
        // Another run that has begun already sees the wish at its own end.
        var slot = _slots[account];
        var wish = slot.Current == handle ? slot.TakeWish() : null;
        if (handle.End == RunEnd.RefreshRequired)
        {
            runtime.Watchers.Stop(account);
        }

        if (_stops.IsCancellationRequested || handle.End is not (RunEnd.Succeeded or RunEnd.Failed))
        {
            return;
        }

        var leftBacklog = handle.Run is { LeftBacklog: true } && runtime.Options.ContinueBacklog;
        if (wish is not null)
        {
            InBackground(account, token => RequestSoonAsync(account, _ => wish, token));
        }
        else if (leftBacklog)
        {
            InBackground(account, token => RequestSoonAsync(account, "backlog", token));
        }
        else if (handle.Run?.NextWaiting is { } due)
        {
            InBackground(account, token => RequestLaterAsync(account, due, token));
        }
    }

    // Items that were not ready wait in the queue; if the host stops meanwhile, any later run takes them.
    private async Task RequestLaterAsync(long account, long due, CancellationToken cancellationToken)
    {
        var wait = DateTimeOffset.FromUnixTimeMilliseconds(due) - runtime.Time.GetUtcNow();
        await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, runtime.Time, cancellationToken);
        await RequestSoonAsync(account, "schedule", cancellationToken);
    }

    private async Task FenceAsync(long account, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stops.Token);
        }
        catch (OperationCanceledException) when (_stops.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            runtime.Log.RunFaulted(account, failure);
        }
    }
}
