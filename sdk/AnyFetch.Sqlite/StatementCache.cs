using SQLitePCL;

namespace AnyFetch.Sqlite;

/// <summary>Owns every statement of one connection, and keeps the idle ones for the next use of the same text.</summary>
internal sealed class StatementCache(SqliteConnection connection, int statementsMax) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<SqliteStatement> _passing = [];
    private long _clock;

    public SqliteStatement Rent(string sql)
    {
        if (_kept.TryGetValue(sql, out var statement))
        {
            if (statement.TryTake(++_clock))
                return statement;
            // The kept one is being read: a nested use of the same text gets its own, finalized when given back.
            var nested = Compile(sql);
            _passing.Add(nested);
            return nested;
        }

        statement = Compile(sql);
        if (_kept.Count >= statementsMax && !EvictOldest())
            _passing.Add(statement);
        else
            _kept.Add(sql, statement);
        return statement;
    }

    /// <summary>Called by a statement that its user is done with; true when it must be finalized.</summary>
    public bool Release(SqliteStatement statement) => _passing.Remove(statement);

    public void Dispose()
    {
        foreach (var statement in _kept.Values)
            statement.Destroy();
        foreach (var statement in _passing)
            statement.Destroy();
        _kept.Clear();
        _passing.Clear();
    }

    private SqliteStatement Compile(string sql)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        // Persistent: the statement will live long, so SQLite takes its memory from the heap, not the lookaside.
        var flags = (uint)raw.SQLITE_PREPARE_PERSISTENT;
        connection.Check(raw.sqlite3_prepare_v3(connection.Handle, sql, flags, out var handle, out var rest));
        if (handle.IsInvalid)
            throw new SqliteException("SQLite: the text holds no statement", raw.SQLITE_MISUSE, raw.SQLITE_MISUSE);
        var statement = new SqliteStatement(connection, handle, string.IsNullOrWhiteSpace(rest) ? null : rest);
        statement.TryTake(++_clock);
        return statement;
    }

    private bool EvictOldest()
    {
        KeyValuePair<string, SqliteStatement>? oldest = null;
        foreach (var entry in _kept)
        {
            if (!entry.Value.IsTaken && (oldest is null || entry.Value.LastTaken < oldest.Value.Value.LastTaken))
                oldest = entry;
        }

        if (oldest is not { } victim)
            return false;
        _kept.Remove(victim.Key);
        victim.Value.Destroy();
        return true;
    }
}
