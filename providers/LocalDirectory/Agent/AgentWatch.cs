using System.Threading.Channels;

namespace AnyFetch.Providers.LocalDirectory.Agent;

/// <summary>Compares whenever something changed: the system's notices are hints, and a walk tells what there is.</summary>
internal sealed class AgentWatch(DirectoryAgent agent, DirectoryAgentOptions options, TimeProvider time)
{
    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private bool _isFirst = true;

    public async Task RunAsync(Action<AgentPass> told, Action<string> away, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(stop.Token);
        try
        {
            await CompareAsync(told, away, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await watching;
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var watcher = new DirectoryWatcher(options.Files, time);
        try
        {
            await watcher.WatchAsync(agent.Root, Hint, cancellationToken);
        }
        catch (Exception limit) when (limit is IOException or ArgumentException)
        {
            // The system watches no more directories, or this one went away: it is walked now and then.
            await HintNowAndThenAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // It is no longer needed.
        }
    }

    private async Task HintNowAndThenAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(options.Files.RescanMinutesWithoutWatch), time);
        try
        {
            do
            {
                Hint();
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // It is no longer needed.
        }
    }

    private void Hint() => _hints.Writer.TryWrite(true);

    private async Task CompareAsync(Action<AgentPass> told, Action<string> away, CancellationToken cancellationToken)
    {
        var wait = Timeout.InfiniteTimeSpan;
        var awaySeconds = options.AwaySeconds;
        while (true)
        {
            await WaitAsync(wait, cancellationToken);
            try
            {
                var pass = await agent.CompareAsync(cancellationToken);
                told(pass);
                awaySeconds = options.AwaySeconds;
                wait = pass switch
                {
                    { Waiting: > 0 } => TimeSpan.FromMilliseconds(options.DebounceMilliseconds),
                    { Failed: > 0 } => TimeSpan.FromSeconds(options.RetrySeconds),
                    _ => Timeout.InfiniteTimeSpan,
                };
            }
            catch (Exception failure) when (DirectoryAgent.IsAway(failure))
            {
                away(failure.Message);
                wait = TimeSpan.FromSeconds(awaySeconds);
                awaySeconds = Math.Min(awaySeconds * 2, options.RetrySeconds);
            }
        }
    }

    // For a hint and then for silence, so that one save of an editor is one comparison; or for as long as is said.
    private async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        await using (time.CreateTimer(_ => Hint(), null, longest, Timeout.InfiniteTimeSpan))
        {
            await _hints.Reader.ReadAsync(cancellationToken);
        }

        if (!_isFirst)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(options.DebounceMilliseconds), time, cancellationToken);
            _hints.Reader.TryRead(out _);
        }

        _isFirst = false;
    }
}
