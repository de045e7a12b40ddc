using AnyFetch.Core.Errors;
using AnyFetch.Core.Feed;
using AnyFetch.Storage.Database;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AnyFetch.Storage.PostgreSql;

/// <summary>A store in PostgreSQL, shared by any number of nodes.</summary>
internal sealed class PostgreSqlDatabase : IDatabase
{
    private const int PreparedMax = 200;
    private const int KeysPerBatchMax = 500;

    // A statement that is prepared while its table is small would be planned to read the whole of it, and keep that
    // plan while the table grows. Every query here has its index.
    private const string PlannerOptions = "-c enable_seqscan=off -c enable_bitmapscan=off";

    private const string BoundSql = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1";

    private readonly NpgsqlDataSource _source;
    private readonly PostgreSqlTypes _types = new();
    private readonly PostgreSqlNotifier _notifier;
    private readonly PostgreSqlStatistics _statistics;
    private readonly WriteLane[] _lanes;

    private PostgreSqlDatabase(
        NpgsqlDataSource source,
        StorageOptions options,
        TimeProvider timeProvider,
        ILogger logger)
    {
        _source = source;
        _notifier = new PostgreSqlNotifier(source, Signals, timeProvider, logger);
        _statistics = new PostgreSqlStatistics(source);
        _lanes = [.. Enumerable.Range(0, options.WriterLanes).Select(lane => new WriteLane(
            $"anyfetch store writer {lane}",
            new PostgreSqlWriter(source, _types, Signals, _notifier, _statistics, timeProvider),
            options.WriteQueueMax,
            options.BatchOperationsMax))];
    }

    public SqlDialect Dialect => SqlDialect.PostgreSql;

    public CommitSignals Signals { get; } = new();

    /// <summary>Connects, creates the schema or brings it up to date.</summary>
    /// <exception cref="Migrations.SchemaException">The server is too old, or the schema too new.</exception>
    /// <exception cref="NpgsqlException">The server cannot be reached or refuses.</exception>
    public static PostgreSqlDatabase Open(StorageOptions options, TimeProvider timeProvider, ILogger logger)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            ApplicationName = "anyfetch",
            MaxAutoPrepare = PreparedMax,
            AutoPrepareMinUsages = 2,
        };
        settings.Options = $"{settings.Options} {PlannerOptions}".Trim();
        var source = NpgsqlDataSource.Create(settings);
        try
        {
            using var connection = source.OpenConnection();
            new PostgreSqlMigrations(connection, timeProvider).Apply();
            new PostgreSqlFeedNumbering(connection).Check();
            return new PostgreSqlDatabase(source, options, timeProvider, logger);
        }
        catch (Exception)
        {
            source.Dispose();
            throw;
        }
    }

    public ValueTask<List<T>> QueryUntilAsync<T>(
        string sql,
        ReadOnlySpan<SqlValue> values,
        Func<ISqlRow, T> map,
        Func<T, bool>? isEnough,
        CancellationToken cancellationToken)
    {
        var command = _source.CreateCommand(sql);
        _types.Bind(sql, command.Parameters, values);
        return QueryAsync(command, map, isEnough, cancellationToken);
    }

    public async ValueTask<List<T>> QueryEachAsync<T>(
        string sql,
        IReadOnlyList<SqlValue[]> keys,
        Func<ISqlRow, T> map,
        CancellationToken cancellationToken)
    {
        var rows = new List<T>(keys.Count);
        foreach (var part in keys.Chunk(KeysPerBatchMax))
        {
            await using var batch = _source.CreateBatch();
            foreach (var key in part)
            {
                var command = new NpgsqlBatchCommand(sql);
                _types.Bind(sql, command.Parameters, key);
                batch.BatchCommands.Add(command);
            }

            await ReadAllAsync(
                stop => batch.ExecuteReaderAsync(stop), map, null, rows, cancellationToken).ConfigureAwait(false);
        }

        return rows;
    }

    public ValueTask<T> WriteAsync<T>(Func<ISqlSession, T> work, int lane, CancellationToken cancellationToken) =>
        _lanes[(uint)lane % _lanes.Length].WriteAsync(work, cancellationToken);

    /// <summary>Every transaction with an id below the oldest running one has ended: nothing can come before it.</summary>
    public async ValueTask<FeedPosition> GetFeedBoundAsync(CancellationToken cancellationToken) => new(
        await this.QueryAsync(BoundSql, [], static row => row.Number(0), cancellationToken).NumberAsync()
            .ConfigureAwait(false),
        long.MaxValue);

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
        {
            await lane.DisposeAsync().ConfigureAwait(false);
        }

        await _statistics.DisposeAsync().ConfigureAwait(false);
        await _notifier.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private static async ValueTask<List<T>> QueryAsync<T>(
        NpgsqlCommand command,
        Func<ISqlRow, T> map,
        Func<T, bool>? isEnough,
        CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using (command.ConfigureAwait(false))
        {
            await ReadAllAsync(
                stop => command.ExecuteReaderAsync(stop), map, isEnough, rows, cancellationToken).ConfigureAwait(false);
        }

        return rows;
    }

    private static async ValueTask ReadAllAsync<T>(
        Func<CancellationToken, Task<NpgsqlDataReader>> execute,
        Func<ISqlRow, T> map,
        Func<T, bool>? isEnough,
        List<T> rows,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var reader = await execute(cancellationToken).ConfigureAwait(false);
            var row = new PostgreSqlRow(reader);
            do
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Add(map(row));
                    if (isEnough?.Invoke(rows[^1]) ?? false)
                    {
                        return;
                    }
                }
            }
            while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception fault) when (PostgreSqlFaults.Explain(fault) is StoreFailureException failure)
        {
            throw failure;
        }
    }
}
