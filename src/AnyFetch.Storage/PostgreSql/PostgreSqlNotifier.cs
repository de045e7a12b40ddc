using AnyFetch.Storage.Database;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AnyFetch.Storage.PostgreSql;

/// <summary>
/// Tells other nodes of commits and hears of theirs (LISTEN/NOTIFY). Notices are gathered and sent beside the
/// transactions, since a NOTIFY within them would make commits queue up. One that gets lost costs a poll's time.
/// </summary>
internal sealed partial class PostgreSqlNotifier : IAsyncDisposable
{
    private const string Channel = "anyfetch_commits";
    private const string FeedNotice = "feed";
    private const string QueueNotice = "queue ";
    private const string SendSql = $"SELECT pg_notify('{Channel}', $1)";
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_reconnectAfter = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly CommitSignals _signals;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly string _node = Guid.NewGuid().ToString("N");
    private readonly Lock _lock = new();
    private readonly HashSet<string> _pending = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _somethingPending = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public PostgreSqlNotifier(
        NpgsqlDataSource source,
        CommitSignals signals,
        TimeProvider timeProvider,
        ILogger logger)
    {
        _source = source;
        _signals = signals;
        _timeProvider = timeProvider;
        _logger = logger;
        _running = Task.WhenAll(
            Task.Run(() => RepeatAsync(ListenAsync, _stop.Token)),
            Task.Run(() => RepeatAsync(SendAsync, _stop.Token)));
    }

    public void NotifyFeed() => Notify(FeedNotice);

    public void NotifyQueue(string queue) => Notify(QueueNotice + queue);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
        _somethingPending.Dispose();
    }

    private void Notify(string notice)
    {
        lock (_lock)
        {
            _pending.Add(notice);
            if (_somethingPending.CurrentCount == 0)
            {
                _somethingPending.Release();
            }
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            await _somethingPending.WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(s_gather, _timeProvider, cancellationToken).ConfigureAwait(false);
            await using var batch = new NpgsqlBatch(connection);
            foreach (var notice in TakePending())
            {
                var command = new NpgsqlBatchCommand(SendSql);
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"{_node} {notice}" });
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private string[] TakePending()
    {
        lock (_lock)
        {
            string[] pending = [.. _pending];
            _pending.Clear();
            return pending;
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        connection.Notification += (_, notification) => Hear(notification.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        // What happened before this connection listened was not heard.
        _signals.SetAll();
        while (true)
        {
            await connection.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Hear(string payload)
    {
        if (payload.StartsWith(_node, StringComparison.Ordinal))
        {
            return;
        }

        var notice = payload[(_node.Length + 1)..];
        if (notice == FeedNotice)
        {
            _signals.Feed.Set();
        }
        else if (notice.StartsWith(QueueNotice, StringComparison.Ordinal))
        {
            _signals.Queue(notice[QueueNotice.Length..]).Set();
        }
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await work(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
            {
                LogLost(_logger, fault);
                await Task.Delay(s_reconnectAfter, _timeProvider, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(2002, LogLevel.Warning, "The notices between nodes were interrupted; changes are polled until they are back")]
    private static partial void LogLost(ILogger logger, Exception fault);
}
