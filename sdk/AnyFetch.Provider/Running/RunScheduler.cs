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
                    return false;
                }

                await StopAsync(current);
            }

            var now = runtime.Time.GetUtcNow().ToUnixTimeMilliseconds();
            await runtime.Store.Accounts.LockAsync(account.Id, request, now, cancellationToken);
            slot.Current = Start(account.Id, request, now);
            return true;
        }
        finally
        {
            slot.Decisions.Release();
        }
    }

    /// <summary>Asks for a run on the provider's own account, now or as soon as the one under way is over.</summary>
    public async Task RequestSoonAsync(
        long accountId, string reason, CancellationToken cancellationToken, bool full = false)
    {
        var account = await runtime.Store.Accounts.FindAsync(accountId, cancellationToken);
        if (account is null || account.RequireRefresh || account.Token is null)
        {
            return;
        }

        if (!await TryRequestAsync(account, runtime.CreateRequest(account, reason, full), cancellationToken))
        {
            _slots[accountId].NextReason = reason;

            // The run may have ended in between, too early to see the wish.
            if (Find(accountId) is null)
            {
                await TryRequestAsync(account, runtime.CreateRequest(account, reason, full), cancellationToken);
            }
        }
    }

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
            slot.NextReason = null;
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
        var wish = _slots[account].TakeNextReason();
        if (handle.End == RunEnd.RefreshRequired)
        {
            runtime.Watchers.Stop(account);
        }

        if (_stops.IsCancellationRequested || handle.End is not (RunEnd.Succeeded or RunEnd.Failed))
        {
            return;
        }

        var leftBacklog = handle.Run is { LeftBacklog: true } && runtime.Options.ContinueBacklog;
        if ((wish ?? (leftBacklog ? "backlog" : null)) is { } reason)
        {
            InBackground(account, token => RequestSoonAsync(account, reason, token));
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
