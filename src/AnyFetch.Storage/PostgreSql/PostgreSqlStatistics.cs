using Npgsql;

namespace AnyFetch.Storage.PostgreSql;

/// <summary>
/// Lets the server count the growing tables sooner than it would by itself. Until it has, it takes all indexes of a
/// new table for equally good, and a plan that it keeps may read a company's every row.
/// </summary>
internal sealed class PostgreSqlStatistics(NpgsqlDataSource source) : IAsyncDisposable
{
    private const long FirstAfterChanges = 500;
    private const long LastAfterChanges = 1_000_000;
    private const int Growth = 4;

    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private long _changes;
    private long _next = FirstAfterChanges;

    /// <summary>Called after each commit with the number of changes in it.</summary>
    public void Count(long changes)
    {
        if (Interlocked.Add(ref _changes, changes) < Interlocked.Read(ref _next))
        {
            return;
        }

        lock (_lock)
        {
            if (_running.IsCompleted && _next <= LastAfterChanges)
            {
                Interlocked.Exchange(ref _next, _changes * Growth);
                _running = Task.Run(AnalyzeAsync);
            }
        }
    }

    public async ValueTask DisposeAsync() => await _running.ConfigureAwait(false);

    private async Task AnalyzeAsync()
    {
        try
        {
            await using var analyze = source.CreateCommand("ANALYZE documents, tombstones, jobs");
            await analyze.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // Only speed is lost: the server analyzes by itself within minutes.
        }
    }
}
