using AnyFetch.Sqlite;

namespace AnyFetch.Storage.Sqlite;

/// <summary>
/// Moves the write-ahead log into the database without making writers wait: another thread moves the bulk while they
/// go on, then the writer moves the little that came meanwhile, after which SQLite starts the log from its beginning.
/// </summary>
internal sealed class SqliteCheckpoints(SqliteOpenOptions open, int checkpointPages) : IDisposable
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private bool _disposed;
    private long _pages;
    private volatile bool _almostDone;

    /// <summary>Called by the writer after a commit.</summary>
    public void StartIfDue(SqliteConnection writer)
    {
        _pages += writer.TakePagesWritten();
        if (_pages < checkpointPages)
        {
            return;
        }

        lock (_lock)
        {
            if (_disposed || !_running.IsCompleted || _almostDone)
            {
                return;
            }

            _pages = 0;
            _running = Task.Factory.StartNew(
                MoveBulk,
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
    }

    /// <summary>Called by the writer between two transactions.</summary>
    public void Finish(SqliteConnection writer)
    {
        if (_almostDone)
        {
            _almostDone = false;
            writer.Checkpoint(truncate: false);
        }
    }

    public void Dispose()
    {
        Task running;
        lock (_lock)
        {
            _disposed = true;
            running = _running;
        }

        running.GetAwaiter().GetResult();
    }

    private void MoveBulk()
    {
        try
        {
            using var connection = SqliteConnection.Open(open);
            connection.Checkpoint(truncate: false);
            _almostDone = true;
        }
        catch (SqliteException)
        {
            // A disk that is full or failing: the log keeps everything, and the next checkpoint tries again.
        }
    }
}
