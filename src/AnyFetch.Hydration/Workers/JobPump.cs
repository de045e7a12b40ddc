using System.Collections.Concurrent;
using System.Threading.Channels;
using AnyFetch.Core.Queue;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydration.Workers;

/// <summary>
/// Leases the jobs of one queue and has them handled side by side: prolongs their leases, gives back what fails, and hands
/// back untried what is still held when the server stops.
/// </summary>
internal sealed partial class JobPump(
    JobPumpSettings settings,
    IWorkQueue queue,
    TimeProvider timeProvider,
    ILogger logger)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_handBack = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Job, HeldJob> _held = new();
    private readonly Channel<bool> _ended = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Works until it is stopped; returns when nothing is held any more.</summary>
    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        var renewing = RenewAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LeaseAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogLeaseFailed(settings.Queue, e);
                await Task.Delay(s_pause, timeProvider, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await renewing.ConfigureAwait(false);
        await Task.WhenAll(_held.Values.Select(h => h.Handling)).ConfigureAwait(false);
    }

    private async Task LeaseAsync(CancellationToken stoppingToken)
    {
        // Fetching when half of them are done costs few transactions and never leaves the workers without work.
        var max = settings.HeldMax();
        while (Counting() > max / 2)
        {
            await WaitForAnEndAsync(stoppingToken).ConfigureAwait(false);
            max = settings.HeldMax();
        }

        var jobs = await queue.LeaseAsync(settings.Queue, Math.Max(1, max - Counting()), settings.Lease, stoppingToken)
            .ConfigureAwait(false);
        foreach (var job in jobs)
        {
            Start(job, stoppingToken);
        }

        if (jobs.Count == 0)
        {
            await queue.WaitAsync(settings.Queue, stoppingToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks up now and then: a job that takes long may not count any more although it has not ended.</summary>
    private async Task WaitForAnEndAsync(CancellationToken stoppingToken)
    {
        if (_ended.Reader.TryRead(out _))
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var timer = timeProvider.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), limit, s_pause, System.Threading.Timeout.InfiniteTimeSpan);
        try
        {
            await _ended.Reader.ReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Time to look up.
        }
    }

    /// <summary>The jobs that are held, but for those that hold nobody up.</summary>
    private int Counting() => Math.Max(0, _held.Count - settings.Aside());

    private void Start(Job job, CancellationToken stoppingToken)
    {
        var held = new HeldJob(job, CancellationTokenSource.CreateLinkedTokenSource(stoppingToken));
        _held[job] = held;
        held.Handling = Task.Run(() => HandleAsync(held, stoppingToken), CancellationToken.None);
    }

    private async Task HandleAsync(HeldJob held, CancellationToken stoppingToken)
    {
        try
        {
            await settings.Handle(held.Job, held.Stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await GiveBackAsync(held.Job, TimeSpan.Zero, countsAsAttempt: false).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (held.Stop.IsCancellationRequested)
        {
            LogLost(settings.Queue);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // What the job itself does wrong is an outcome; this is the store's or the network's failure and not held against it.
            LogFailed(settings.Queue, held.Job.Attempts, e);
            await GiveBackAsync(held.Job, s_retry * Random.Shared.NextDouble(), countsAsAttempt: false).ConfigureAwait(false);
        }
        finally
        {
            _held.TryRemove(held.Job, out _);
            _ended.Writer.TryWrite(true);
            held.Stop.Dispose();
        }
    }

    private async Task GiveBackAsync(Job job, TimeSpan delay, bool countsAsAttempt)
    {
        using var stop = new CancellationTokenSource(s_handBack, timeProvider);
        try
        {
            await queue.ReleaseAsync(job, timeProvider.GetUtcNow() + delay, countsAsAttempt, stop.Token)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The lease runs out by itself.
            LogFailed(settings.Queue, job.Attempts, e);
        }
    }

    private async Task RenewAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(settings.Lease / 3, timeProvider, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var held in _held.Values)
            {
                await RenewAsync(held, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RenewAsync(HeldJob held, CancellationToken stoppingToken)
    {
        try
        {
            if (!await queue.RenewAsync(held.Job, settings.Lease, stoppingToken).ConfigureAwait(false)
                && _held.ContainsKey(held.Job))
            {
                await held.Stop.CancelAsync().ConfigureAwait(false);
            }
        }
        catch (ObjectDisposedException)
        {
            // It ended meanwhile.
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops, and so does the job.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The next turn tries again before the lease is out.
            LogLeaseFailed(settings.Queue, e);
        }
    }

    [LoggerMessage(5020, LogLevel.Error, "Taking jobs from queue {Queue} failed; trying again.")]
    private partial void LogLeaseFailed(string queue, Exception error);

    [LoggerMessage(5021, LogLevel.Error, "A job of queue {Queue} failed in attempt {Attempt}; it runs again later.")]
    private partial void LogFailed(string queue, int attempt, Exception error);

    [LoggerMessage(5022, LogLevel.Information, "A job of queue {Queue} was lost to another worker or ended from outside.")]
    private partial void LogLost(string queue);

    private sealed class HeldJob(Job job, CancellationTokenSource stop)
    {
        internal Job Job => job;

        internal CancellationTokenSource Stop => stop;

        internal Task Handling { get; set; } = Task.CompletedTask;
    }
}

/// <summary>What a pump takes and how.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Lease">For how long a job is held without a sign of life.</param>
/// <param name="HeldMax">How many jobs may be held now.</param>
/// <param name="Handle">Handles a job and ends it or gives it back; what it throws gives the job back.</param>
internal sealed record JobPumpSettings(
    string Queue,
    TimeSpan Lease,
    Func<int> HeldMax,
    Func<Job, CancellationToken, Task> Handle)
{
    /// <summary>How many of the jobs that are held do not count, because they take long or wait for one that does.</summary>
    internal Func<int> Aside { get; init; } = static () => 0;
}
