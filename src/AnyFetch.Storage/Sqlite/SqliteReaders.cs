using System.Collections.Concurrent;
using AnyFetch.Sqlite;

namespace AnyFetch.Storage.Sqlite;

/// <summary>Read-only connections, opened when needed and lent to one reader at a time.</summary>
internal sealed class SqliteReaders(SqliteOpenOptions open, int readersMax) : IDisposable
{
    private readonly ConcurrentStack<SqliteSession> _idle = new();
    private readonly SemaphoreSlim _free = new(readersMax);

    public async ValueTask<SqliteSession> RentAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _idle.TryPop(out var session) ? session : new SqliteSession(SqliteConnection.Open(open));
        }
        catch (SqliteException fault)
        {
            _free.Release();
            throw SqliteFaults.Explain(fault);
        }
    }

    public void Return(SqliteSession session)
    {
        _idle.Push(session);
        _free.Release();
    }

    public void Dispose()
    {
        while (_idle.TryPop(out var session))
        {
            session.Dispose();
        }

        _free.Dispose();
    }
}
