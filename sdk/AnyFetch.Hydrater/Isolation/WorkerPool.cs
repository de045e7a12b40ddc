using AnyFetch.Hydrater.Tools;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>
/// The workers of one host: started when they are wanted, used again while they are small and sound, let go when nobody wants
/// them. The one that was used last is used next, so that no more are awake than are needed.
/// </summary>
internal sealed class WorkerPool : IAsyncDisposable
{
    /// <summary>For how long a machine that could not start a worker counts as one that cannot.</summary>
    private static readonly TimeSpan s_faultLasts = TimeSpan.FromSeconds(60);

    private readonly IsolationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ProcessStarter _starter = new("hydration workers");
    private readonly SemaphoreSlim _turns;
    private readonly ITimer _sweep;
    private readonly Lock _gate = new();
    private readonly List<WorkerProcess> _idle = [];
    private (string Message, long At)? _fault;
    private bool _isDisposed;

    internal WorkerPool(IsolationOptions options, TimeProvider time, ILogger logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _turns = new SemaphoreSlim(options.WorkersMax, options.WorkersMax);
        var period = TimeSpan.FromSeconds(Math.Max(options.IdleSeconds / 2, 1));
        _sweep = time.CreateTimer(_ => _ = SweepAsync(), null, period, period);
    }

    internal IsolationOptions Options => _options;

    /// <summary>Why no worker could be started a moment ago, or null.</summary>
    internal string? Fault
    {
        get
        {
            lock (_gate)
            {
                return _fault is { } fault && _time.GetElapsedTime(fault.At) < s_faultLasts ? fault.Message : null;
            }
        }
    }

    /// <summary>
    /// Waits for the right to use a worker. Throws <see cref="TimeoutException"/> after <see cref="IsolationOptions.WaitSeconds"/>.
    /// </summary>
    internal async Task<WorkerTurn> EnterAsync(CancellationToken cancellationToken)
    {
        if (!_turns.Wait(0, CancellationToken.None))
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.WaitSeconds), _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await _turns.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException("All hydration workers are busy.");
            }
        }

        return new WorkerTurn(_turns);
    }

    /// <summary>A worker for one task, which goes back by <see cref="ReturnAsync"/>.</summary>
    internal async Task<WorkerProcess> TakeAsync(CancellationToken cancellationToken)
    {
        while (TakeIdle() is { } idle)
        {
            if (!idle.HasExited)
            {
                return idle;
            }

            await idle.DisposeAsync().ConfigureAwait(false);
        }

        return await StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a worker back after its task, or ends it when it had no result or is old, large or not tidy.</summary>
    internal ValueTask ReturnAsync(WorkerProcess worker, ResultMessage? result)
    {
        var isFit = result is not null && worker.Tasks < _options.TasksMax && result.ResidentBytes <= _options.ResidentBytesMax
            && !result.IsOutOfMemory && !worker.HasYielded && !Directory.EnumerateFileSystemEntries(worker.Folder.Path).Any();
        lock (_gate)
        {
            if (isFit && !_isDisposed)
            {
                worker.IdleSince = _time.GetTimestamp();
                _idle.Add(worker);
                return ValueTask.CompletedTask;
            }
        }

        return worker.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<WorkerProcess> idle;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        await _sweep.DisposeAsync().ConfigureAwait(false);
        foreach (var worker in idle)
        {
            await worker.DisposeAsync().ConfigureAwait(false);
        }

        // Those that still work die with the thread that started them.
        _starter.Dispose();
        _turns.Dispose();
    }

    private WorkerProcess? TakeIdle()
    {
        lock (_gate)
        {
            if (_idle is not [.., var last])
            {
                return null;
            }

            _idle.RemoveAt(_idle.Count - 1);
            return last;
        }
    }

    private async Task<WorkerProcess> StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var began = _time.GetTimestamp();
            var worker = await WorkerProcess.StartAsync(_starter, _options, _time, cancellationToken).ConfigureAwait(false);
            var took = _time.GetElapsedTime(began);
            IsolationLog.Started(_logger, worker.Id, took);
            return worker;
        }
        catch (Exception error) when (error is IsolationException or IOException or System.ComponentModel.Win32Exception)
        {
            lock (_gate)
            {
                _fault = (error.Message, _time.GetTimestamp());
            }

            IsolationLog.NotStarted(_logger, error);
            throw new IsolationException(error.Message);
        }
    }

    private async Task SweepAsync()
    {
        var since = TimeSpan.FromSeconds(_options.IdleSeconds);
        List<WorkerProcess> old;
        lock (_gate)
        {
            old = [.. _idle.Where(w => _time.GetElapsedTime(w.IdleSince) >= since)];
            _idle.RemoveAll(old.Contains);
        }

        foreach (var worker in old)
        {
            await worker.DisposeAsync().ConfigureAwait(false);
        }
    }
}
