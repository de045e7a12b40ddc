using AnyFetch.Client;
using AnyFetch.Hydrater.Hosting;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydrater.Http;

/// <summary>
/// One hydrater behind HTTP: a bounded priority queue, as many workers as the descriptor asks for, callbacks, drain on stop.
/// The queue is in memory, because tasks carry tokens that must not be stored; what a crash loses, the core's deadline finds.
/// </summary>
internal sealed class HydraterHost : IAsyncDisposable
{
    private readonly IHydrater _hydrater;
    private readonly HydraterHostOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly GuardedHttp _http;
    private readonly FileDownloader _downloader;
    private readonly CallbackSender _callbacks;
    private readonly HydrationRunner _runner;
    private readonly HydrationQueue _queue;
    private readonly CancellationTokenSource _stopWaiting = new();
    private readonly CancellationTokenSource _stopWorking = new();
    private readonly Task[] _workers;
    private int _processing;
    private int _unsettled;

    internal HydraterHost(IHydrater hydrater, HydraterHostOptions options, TimeProvider time, ILogger logger)
    {
        _hydrater = hydrater;
        _options = options;
        _time = time;
        _logger = logger;
        _http = new GuardedHttp(options);
        _downloader = new FileDownloader(_http, options, time);
        _callbacks = new CallbackSender(_http, options, time, logger, hydrater.Descriptor.ShortName);
        _runner = new HydrationRunner(hydrater, options.Run, time, logger);
        _queue = new HydrationQueue(options.QueueLengthMax);
        _workers = [.. Enumerable.Range(0, Math.Max(1, hydrater.Descriptor.Concurrency)).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>
    /// Tasks that no worker is busy with, those waiting for another attempt included, and those that one is busy with: never none at
    /// all while one is left.
    /// </summary>
    internal (int Pending, int Processing) Load
    {
        get
        {
            // In this order: an attempt that ends in between is counted as processing, not as neither.
            var processing = Volatile.Read(ref _processing);
            return (Math.Max(0, Volatile.Read(ref _unsettled) - processing), processing);
        }
    }

    /// <summary>Why the hydrater cannot work here, or null.</summary>
    internal string? Unavailable => _hydrater.Descriptor.Unavailable();

    /// <summary>Accepts a task; false when the queue is full or the host stops.</summary>
    internal bool TryEnqueue(HydrateRequest request)
    {
        if (_stopWaiting.IsCancellationRequested)
        {
            return false;
        }

        Interlocked.Increment(ref _unsettled);
        if (_queue.TryAdd(request))
        {
            return true;
        }

        Interlocked.Decrement(ref _unsettled);
        return false;
    }

    /// <summary>Takes no more tasks, gives the accepted ones their time, then stops the rest. Files are gone afterwards.</summary>
    internal async Task StopAsync(CancellationToken hurry)
    {
        await _stopWaiting.CancelAsync().ConfigureAwait(false);
        _queue.Complete();
        var all = Task.WhenAll(_workers);
        using var drain = new CancellationTokenSource(TimeSpan.FromSeconds(_options.DrainSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(drain.Token, hurry);
        await all.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!all.IsCompleted)
        {
            var left = Volatile.Read(ref _unsettled);
            HostLog.StoppedWithTasks(_logger, _hydrater.Descriptor.ShortName, left);
            await _stopWorking.CancelAsync().ConfigureAwait(false);
        }

        await all.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _http.Dispose();
        _queue.Dispose();
        _stopWaiting.Dispose();
        _stopWorking.Dispose();
    }

    private async Task WorkAsync()
    {
        while (await _queue.TakeAsync(_stopWorking.Token).ConfigureAwait(false) is { } request)
        {
            Interlocked.Increment(ref _processing);
            var isSettled = true;
            try
            {
                isSettled = await ProcessAsync(request).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopWorking.IsCancellationRequested)
            {
                // The host stops in a hurry; the core hears nothing and asks again after its deadline.
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // One task must never take its worker with it.
                HostLog.TaskBroke(_logger, _hydrater.Descriptor.ShortName, error);
            }
            finally
            {
                Interlocked.Decrement(ref _processing);
                if (isSettled)
                {
                    Interlocked.Decrement(ref _unsettled);
                }
            }
        }
    }

    /// <summary>Runs one attempt; false when another one will follow.</summary>
    private async Task<bool> ProcessAsync(HydrateRequest request)
    {
        var outcome = await _runner.RunAsync(
            request.Document, (temp, stop) => _downloader.FetchAsync(request.FilePath, temp, stop),
            new HydrationAccess(() => CoreOf(request), null), _stopWorking.Token).ConfigureAwait(false);
        if (outcome.IsTransient && request.Attempts < _options.Run.RetrySeconds.Count
            && !_stopWaiting.IsCancellationRequested)
        {
            var delay = _options.Run.RetrySeconds[request.Attempts++];
            _ = EnqueueLaterAsync(request, outcome, TimeSpan.FromSeconds(delay));
            return false;
        }

        await AnswerAsync(request, outcome).ConfigureAwait(false);
        return true;
    }

    private async Task AnswerAsync(HydrateRequest request, HydrationOutcome outcome)
    {
        if (outcome.Payload is null)
        {
            return;
        }

        // The address of the file is a credential, and error messages are for everybody.
        var payload = outcome.Error is { } error && request.FilePath is { } address
            ? ErrorPayload.Of(error.Replace(address, "{file_path}", StringComparison.Ordinal))
            : outcome.Payload.Value;
        await _callbacks.SendAsync(request.Callback, payload, _stopWaiting.Token).ConfigureAwait(false);
    }

    private async Task EnqueueLaterAsync(HydrateRequest request, HydrationOutcome outcome, TimeSpan delay)
    {
        await Task.Delay(delay, _time, _stopWaiting.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_queue.TryAdd(request))
        {
            return;
        }

        try
        {
            await AnswerAsync(request, outcome).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _unsettled);
        }
    }

    private AnyFetchClient? CoreOf(HydrateRequest request) => request.Document.AccessToken.Length == 0
        ? null
        : new AnyFetchClient(
            _http.Client, new Uri(request.Callback.GetLeftPart(UriPartial.Authority)),
            AnyFetchCredentials.Bearer(request.Document.AccessToken));
}
