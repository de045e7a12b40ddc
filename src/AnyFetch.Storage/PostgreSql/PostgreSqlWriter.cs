using AnyFetch.Core.Feed;
using AnyFetch.Storage.Database;
using Npgsql;

namespace AnyFetch.Storage.PostgreSql;

/// <summary>
/// One of a node's writers to PostgreSQL. A change's position is its transaction's id and a number within it: ids order
/// transactions as they began, and the feed's readers stop at the oldest one that still runs.
/// </summary>
internal sealed class PostgreSqlWriter(
    NpgsqlDataSource source,
    PostgreSqlTypes types,
    CommitSignals signals,
    PostgreSqlNotifier notifier,
    PostgreSqlStatistics statistics,
    TimeProvider timeProvider) : ISqlTransaction, ISqlSession
{
    private const int AttemptsMax = 8;
    private const string TransactionIdSql = "SELECT pg_current_xact_id()::text::bigint";
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(20);

    /// <summary>A server that is away may take long to be found so: attempts end after this time, too.</summary>
    private static readonly TimeSpan s_retriesMax = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _woken = new(StringComparer.Ordinal);
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private long _transactionId;
    private long _sequence;
    private long _changesBefore;
    private long _firstAttempt;

    public ISqlSession Session => this;

    public long Changes { get; private set; }

    private NpgsqlConnection Connection => _connection!;

    public void Begin()
    {
        _woken.Clear();
        _transactionId = _sequence = 0;
        _changesBefore = Changes;
        _connection ??= source.OpenConnection();
        _transaction = _connection.BeginTransaction();
    }

    public void Commit()
    {
        _transaction!.Commit();
        End();
        statistics.Count(Changes - _changesBefore);
        foreach (var queue in _woken)
        {
            signals.Queue(queue).Set();
            notifier.NotifyQueue(queue);
        }

        if (_transactionId != 0)
        {
            notifier.NotifyFeed();
        }
    }

    public void Rollback()
    {
        try
        {
            _transaction?.Rollback();
            End();
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException or IOException)
        {
            // The connection is gone, and the server undoes what it left; the next transaction gets a new one.
            Drop();
        }
    }

    public bool IsBroken(Exception fault) => fault is NpgsqlException or IOException;

    public bool MayRetry(Exception fault, int attempt)
    {
        _firstAttempt = attempt == 1 ? timeProvider.GetTimestamp() : _firstAttempt;
        if (attempt >= AttemptsMax || !IsPassing(fault) || timeProvider.GetElapsedTime(_firstAttempt) > s_retriesMax)
        {
            return false;
        }

        // This lane's thread is its own; what waits behind would meet the same obstacle.
        Task.Delay(s_firstPause * (1 << attempt), timeProvider, CancellationToken.None).GetAwaiter().GetResult();
        return true;
    }

    public bool IsAway(Exception fault) => PostgreSqlFaults.IsAway(fault);

    public Exception Explain(Exception fault) => PostgreSqlFaults.Explain(fault);

    public void Rest()
    {
    }

    public int Execute(string sql, ReadOnlySpan<SqlValue> values)
    {
        Changes++;
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public List<T> Query<T>(string sql, ReadOnlySpan<SqlValue> values, Func<ISqlRow, T> map)
    {
        var rows = new List<T>();
        using var command = Command(sql, values);
        var reader = command.ExecuteReader();
        using (reader)
        {
            var row = new PostgreSqlRow(reader);
            while (reader.Read())
            {
                rows.Add(map(row));
            }
        }

        Changes += reader.RecordsAffected > 0 ? 1 : 0;
        return rows;
    }

    public T? First<T>(string sql, ReadOnlySpan<SqlValue> values, Func<ISqlRow, T> map)
        where T : class
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        return reader.Read() ? map(new PostgreSqlRow(reader)) : null;
    }

    public long? Number(string sql, ReadOnlySpan<SqlValue> values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetInt64(0) : null;
    }

    public FeedPosition NextPosition()
    {
        if (_transactionId == 0)
        {
            _transactionId = Number(TransactionIdSql, []) ?? 0;
        }

        return new FeedPosition(_transactionId, ++_sequence);
    }

    public void Wake(string queue) => _woken.Add(queue);

    public void Dispose() => Drop();

    private static bool IsPassing(Exception fault) => fault switch
    {
        WriteConflictException => true,
        _ when PostgreSqlFaults.IsDiskFull(fault) => false,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        NpgsqlException { IsTransient: true } => true,
        PostgresException => false,
        NpgsqlException { InnerException: IOException or TimeoutException } => true,
        _ => false,
    };

    private NpgsqlCommand Command(string sql, ReadOnlySpan<SqlValue> values)
    {
        var command = new NpgsqlCommand(sql, Connection, _transaction);
        types.Bind(sql, command.Parameters, values);
        return command;
    }

    private void End()
    {
        _transaction?.Dispose();
        _transaction = null;
        // Readers may have been kept from later changes by this transaction, whatever it did and however it ended.
        signals.Feed.Set();
    }

    private void Drop()
    {
        _transaction?.Dispose();
        _transaction = null;
        _connection?.Dispose();
        _connection = null;
    }
}
