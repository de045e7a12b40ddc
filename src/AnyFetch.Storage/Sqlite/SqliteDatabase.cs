using AnyFetch.Core.Errors;
using AnyFetch.Core.Feed;
using AnyFetch.Sqlite;
using AnyFetch.Storage.Database;
using AnyFetch.Storage.Migrations;

namespace AnyFetch.Storage.Sqlite;

/// <summary>A store in one SQLite file.</summary>
internal sealed class SqliteDatabase : IDatabase
{
    private const string BoundSql = "SELECT position FROM feed";

    /// <summary>What the process before held when it ended is free: its jobs are due now, not when their leases run out.</summary>
    private const string FreeSql = "DELETE FROM locks; UPDATE jobs SET lease = NULL, due_at = 0 WHERE lease IS NOT NULL";

    private readonly StoreHold _hold;
    private readonly SqliteReaders _readers;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly WriteLane _lane;

    private SqliteDatabase(StoreHold hold, SqliteConnection writer, SqliteOpenOptions open, StorageOptions options)
    {
        _hold = hold;
        _readers = new SqliteReaders(open with { ReadOnly = true }, options.ReadersMax);
        _checkpoints = new SqliteCheckpoints(open, options.CheckpointPages);
        _lane = new WriteLane(
            "anyfetch store writer",
            new SqliteWriter(writer, _checkpoints, Signals),
            options.WriteQueueMax,
            options.BatchOperationsMax);
    }

    public SqlDialect Dialect => SqlDialect.Sqlite;

    public CommitSignals Signals { get; } = new();

    /// <summary>Opens the store's file, creates it or brings its schema up to date.</summary>
    /// <exception cref="SchemaException">The schema is newer than this version of AnyFetch.</exception>
    /// <exception cref="StoreInUseException">Another process works with the store.</exception>
    public static SqliteDatabase Open(StorageOptions options, TimeProvider timeProvider)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var open = new SqliteOpenOptions
        {
            Path = Path.Combine(options.DataDirectory, "anyfetch.db"),
            Synchronous = SqliteSynchronous.Full,
            CacheKibibytes = options.CacheKibibytes,
            PageBytes = options.PageBytes,
            CheckpointPages = 0,
        };
        var hold = StoreHold.Take(options.DataDirectory);
        SqliteConnection? writer = null;
        try
        {
            writer = SqliteConnection.Open(open);
            new SqliteMigrations(writer, timeProvider).Apply();
            writer.ExecuteScript(FreeSql);
            return new SqliteDatabase(hold, writer, open, options);
        }
        catch (Exception)
        {
            writer?.Dispose();
            hold.Dispose();
            throw;
        }
    }

    public async ValueTask<List<T>> QueryEachAsync<T>(
        string sql,
        IReadOnlyList<SqlValue[]> keys,
        Func<ISqlRow, T> map,
        CancellationToken cancellationToken)
    {
        var rows = new List<T>(keys.Count);
        var session = await _readers.RentAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var key in keys)
            {
                session.QueryInto(rows, sql, key, map, null);
            }
        }
        catch (SqliteException fault) when (SqliteFaults.Explain(fault) is StoreFailureException failure)
        {
            throw failure;
        }
        finally
        {
            _readers.Return(session);
        }

        return rows;
    }

    public ValueTask<List<T>> QueryUntilAsync<T>(
        string sql,
        ReadOnlySpan<SqlValue> values,
        Func<ISqlRow, T> map,
        Func<T, bool>? isEnough,
        CancellationToken cancellationToken)
    {
        var renting = _readers.RentAsync(cancellationToken);
        return renting.IsCompletedSuccessfully
            ? new ValueTask<List<T>>(Query(renting.Result, sql, values, map, isEnough))
            : QueryLaterAsync(renting, sql, values.ToArray(), map, isEnough);
    }

    public ValueTask<T> WriteAsync<T>(Func<ISqlSession, T> work, int lane, CancellationToken cancellationToken) =>
        _lane.WriteAsync(work, cancellationToken);

    /// <summary>One writer commits in the order of its numbers, so whatever can be seen is complete.</summary>
    public async ValueTask<FeedPosition> GetFeedBoundAsync(CancellationToken cancellationToken) =>
        new(0, await this.QueryAsync(BoundSql, [], static row => row.Number(0), cancellationToken).NumberAsync()
            .ConfigureAwait(false));

    public async ValueTask DisposeAsync()
    {
        await _lane.DisposeAsync().ConfigureAwait(false);
        _checkpoints.Dispose();
        _readers.Dispose();
        _hold.Dispose();
    }

    private async ValueTask<List<T>> QueryLaterAsync<T>(
        ValueTask<SqliteSession> renting,
        string sql,
        SqlValue[] values,
        Func<ISqlRow, T> map,
        Func<T, bool>? isEnough) => Query(await renting.ConfigureAwait(false), sql, values, map, isEnough);

    private List<T> Query<T>(
        SqliteSession session,
        string sql,
        ReadOnlySpan<SqlValue> values,
        Func<ISqlRow, T> map,
        Func<T, bool>? isEnough)
    {
        try
        {
            var rows = new List<T>();
            session.QueryInto(rows, sql, values, map, isEnough);
            return rows;
        }
        catch (SqliteException fault) when (SqliteFaults.Explain(fault) is StoreFailureException failure)
        {
            throw failure;
        }
        finally
        {
            _readers.Return(session);
        }
    }
}
