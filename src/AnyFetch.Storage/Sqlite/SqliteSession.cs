using AnyFetch.Sqlite;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Sqlite;

/// <summary>Statements over one connection, kept by the identity of their text.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteQuery> _queries = new(ReferenceEqualityComparer.Instance);

    public SqliteConnection Connection => connection;

    /// <summary>Counts executions of statements that can change something.</summary>
    public long Changes { get; private set; }

    public int Execute(string sql, ReadOnlySpan<SqlValue> values) => Bind(sql, values).Statement.Execute();

    public List<T> Query<T>(string sql, ReadOnlySpan<SqlValue> values, Func<ISqlRow, T> map)
    {
        var rows = new List<T>();
        QueryInto(rows, sql, values, map, null);
        return rows;
    }

    public void QueryInto<T>(
        List<T> rows, string sql, ReadOnlySpan<SqlValue> values, Func<ISqlRow, T> map, Func<T, bool>? isEnough)
    {
        var query = Bind(sql, values);
        try
        {
            while (query.Statement.Step())
            {
                rows.Add(map(query));
                if (isEnough?.Invoke(rows[^1]) ?? false)
                {
                    return;
                }
            }
        }
        finally
        {
            query.Statement.Reset();
        }
    }

    public T? First<T>(string sql, ReadOnlySpan<SqlValue> values, Func<ISqlRow, T> map)
        where T : class
    {
        var query = Bind(sql, values);
        try
        {
            return query.Statement.Step() ? map(query) : null;
        }
        finally
        {
            query.Statement.Reset();
        }
    }

    public long? Number(string sql, ReadOnlySpan<SqlValue> values)
    {
        var query = Bind(sql, values);
        try
        {
            return query.Statement.Step() && !query.IsNull(0) ? query.Number(0) : null;
        }
        finally
        {
            query.Statement.Reset();
        }
    }

    public void Dispose() => connection.Dispose();

    private SqliteQuery Bind(string sql, ReadOnlySpan<SqlValue> values)
    {
        if (!_queries.TryGetValue(sql, out var query))
        {
            query = new SqliteQuery(connection.Prepare(sql), sql);
            _queries.Add(sql, query);
        }

        query.Bind(values);
        Changes += query.IsReadOnly ? 0 : 1;
        return query;
    }
}
