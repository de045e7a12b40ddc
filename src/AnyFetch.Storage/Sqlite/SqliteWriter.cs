using AnyFetch.Core.Feed;
using AnyFetch.Sqlite;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Sqlite;

/// <summary>The one writer of a SQLite store: numbers the changes and keeps the write-ahead log short.</summary>
internal sealed class SqliteWriter : ISqlTransaction, ISqlSession
{
    private const string BeginSql = "BEGIN IMMEDIATE";
    private const string CommitSql = "COMMIT";
    private const string RollbackSql = "ROLLBACK";
    private const string ReadPositionSql = "SELECT position FROM feed";
    private const string SavePositionSql = "UPDATE feed SET position = $1";

    private readonly SqliteSession _session;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly CommitSignals _signals;
    private readonly HashSet<string> _woken = new(StringComparer.Ordinal);
    private long _savedPosition;
    private long _position;

    public SqliteWriter(SqliteConnection connection, SqliteCheckpoints checkpoints, CommitSignals signals)
    {
        _session = new SqliteSession(connection);
        _checkpoints = checkpoints;
        _signals = signals;
    }

    public ISqlSession Session => this;

    public long Changes => _session.Changes;

    public void Begin()
    {
        _checkpoints.Finish(_session.Connection);
        _woken.Clear();
        _session.Execute(BeginSql, []);
        _savedPosition = _position = _session.Number(ReadPositionSql, []) ?? 0;
    }

    public void Commit()
    {
        var feedChanged = _position != _savedPosition;
        if (feedChanged)
        {
            _session.Execute(SavePositionSql, [_position]);
        }

        _session.Execute(CommitSql, []);
        _checkpoints.StartIfDue(_session.Connection);
        if (feedChanged)
        {
            _signals.Feed.Set();
        }

        foreach (var queue in _woken)
        {
            _signals.Queue(queue).Set();
        }
    }

    public void Rollback()
    {
        // A full disk and the like make SQLite roll back by itself.
        if (!_session.Connection.IsAutoCommit)
        {
            _session.Execute(RollbackSql, []);
        }
    }

    public bool IsBroken(Exception fault) => _session.Connection.IsAutoCommit;

    /// <summary>Never: nobody else writes, so what failed fails again, and a full disk is for the caller to hear.</summary>
    public bool MayRetry(Exception fault, int attempt) => false;

    public bool IsAway(Exception fault) => false;

    public Exception Explain(Exception fault) => SqliteFaults.Explain(fault);

    public void Rest()
    {
    }

    public int Execute(string sql, ReadOnlySpan<SqlValue> values) => _session.Execute(sql, values);

    public List<T> Query<T>(string sql, ReadOnlySpan<SqlValue> values, Func<ISqlRow, T> map) =>
        _session.Query(sql, values, map);

    public T? First<T>(string sql, ReadOnlySpan<SqlValue> values, Func<ISqlRow, T> map)
        where T : class => _session.First(sql, values, map);

    public long? Number(string sql, ReadOnlySpan<SqlValue> values) => _session.Number(sql, values);

    public FeedPosition NextPosition() => new(0, ++_position);

    public void Wake(string queue) => _woken.Add(queue);

    public void Dispose() => _session.Dispose();
}
