using System.Collections.Concurrent;
using AnyFetch.Provider.Hosting;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Running;

/// <summary>Watches the accounts of a provider that can, and turns bursts of notices into single runs.</summary>
internal sealed class WatcherSet(ProviderRuntime runtime) : IAsyncDisposable
{
    private static readonly TimeSpan RestartDelay = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, Watch> _watches = new();

    /// <summary>Starts watching; an earlier watch of the account ends.</summary>
    public void Start(AccountRow account)
    {
        if (runtime.Provider is not (IWatcher or IWebhook))
        {
            return;
        }

        var before = End(account.Id);
        var watch = new Watch(CancellationTokenSource.CreateLinkedTokenSource(runtime.Scheduler.Stops));
        _watches[account.Id] = watch;
        var source = runtime.CreateSource(account, readOnly: false);
        var watcher = runtime.Provider as IWatcher;
        watch.Keeping = Task.Run(() => KeepAsync(account.Id, watch, before), CancellationToken.None);
        watch.Task = Task.WhenAll(
            watch.Keeping,
            watcher is null
                ? Task.CompletedTask
                : Task.Run(() => WatchAsync(watcher, source, watch), CancellationToken.None),
            Task.Run(() => DebounceAsync(account.Id, watch), CancellationToken.None));
    }

    /// <summary>Something changed at the source, by its own word.</summary>
    public void Notice(long account)
    {
        if (_watches.TryGetValue(account, out var watch))
        {
            watch.Notice("webhook");
        }
    }

    public void Stop(long account) => _ = End(account);

    /// <summary>Stops watching, and waits until its subscription is what the store says.</summary>
    public async Task StopAsync(long account) =>
        await End(account).WaitAsync(TimeSpan.FromSeconds(runtime.Options.StopSeconds), runtime.Time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public async ValueTask DisposeAsync()
    {
        var watches = _watches.Values.ToList();
        _watches.Clear();
        watches.ForEach(watch => watch.Cancel());
        await Task.WhenAll(watches.Select(watch => watch.Task))
            .WaitAsync(TimeSpan.FromSeconds(runtime.Options.StopSeconds), runtime.Time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Returns what may still be under way.
    private Task End(long account)
    {
        if (!_watches.TryRemove(account, out var watch))
        {
            return Task.CompletedTask;
        }

        watch.Cancel();
        return watch.Keeping;
    }

    // One at a time for an account: two would make a subscription each.
    private async Task KeepAsync(long account, Watch watch, Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await runtime.Subscriptions.KeepAsync(account, () => watch.Notice("webhook"), watch.Stops)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WatchAsync(IWatcher watcher, SourceAccount source, Watch watch)
    {
        while (!watch.Stops.IsCancellationRequested)
        {
            try
            {
                await watcher.WatchAsync(source, () => watch.Notice("watch"), watch.Stops);
            }
            catch (OperationCanceledException) when (watch.Stops.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                runtime.Log.WatchStopped(source.Id, FailureKinds.CodeOf(failure), FailureKinds.ReasonOf(failure));
            }

            await Task.Delay(RestartDelay, runtime.Time, watch.Stops)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DebounceAsync(long account, Watch watch)
    {
        var delay = TimeSpan.FromSeconds(runtime.Options.DebounceSeconds);
        while (true)
        {
            try
            {
                await watch.Noticed.WaitAsync(watch.Stops);
                await Task.Delay(delay, runtime.Time, watch.Stops);

                // Notices of the wait are covered by the run that starts now; later ones start another.
                watch.Clear();
                await runtime.Scheduler.RequestSoonAsync(account, watch.Reason, watch.Stops);
            }
            catch (OperationCanceledException) when (watch.Stops.IsCancellationRequested)
            {
                // The account was removed, or the host stops.
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // A disk that is full for a moment must not end the watch for good, nor lose what was noticed.
                runtime.Log.RunFaulted(account, failure);
                runtime.Scheduler.InBackground(account, _ => NoticeLaterAsync(watch));
            }
        }
    }

    private async Task NoticeLaterAsync(Watch watch)
    {
        await Task.Delay(RestartDelay, runtime.Time, watch.Stops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        watch.Notice(watch.Reason);
    }

    private sealed class Watch(CancellationTokenSource stops)
    {
        public SemaphoreSlim Noticed { get; } = new(0);

        public CancellationToken Stops { get; } = stops.Token;

        public Task Task { get; set; } = Task.CompletedTask;

        /// <summary>What keeps its subscription.</summary>
        public Task Keeping { get; set; } = Task.CompletedTask;

        /// <summary>Who noticed last.</summary>
        public string Reason { get; private set; } = "watch";

        public void Notice(string reason)
        {
            Reason = reason;
            if (Noticed.CurrentCount == 0)
            {
                Noticed.Release();
            }
        }

        public void Clear()
        {
            while (Noticed.Wait(0))
            {
                // Drains what gathered meanwhile.
            }
        }

        public void Cancel() => stops.Cancel();
    }
}
