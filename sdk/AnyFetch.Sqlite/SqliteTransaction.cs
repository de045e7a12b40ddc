using System.Data;
using System.Data.Common;
using SQLitePCL;

namespace AnyFetch.Sqlite;

/// <summary>A transaction. Disposing it without <see cref="Commit"/> rolls it back.</summary>
public sealed class SqliteTransaction : DbTransaction
{
    private SqliteConnection? _connection;

    internal SqliteTransaction(SqliteConnection connection, bool deferred)
    {
        if (connection.Transaction is not null)
            throw new InvalidOperationException("The connection has an open transaction; SQLite does not nest them.");
        // A writer that starts as a reader can fail half-way when another one writes first, so it never does.
        Run(connection, deferred ? "BEGIN" : "BEGIN IMMEDIATE");
        _connection = connection;
        connection.Transaction = this;
    }

    /// <summary>The connection, or null when the transaction has ended.</summary>
    public new SqliteConnection? Connection => _connection;

    /// <summary>Always <see cref="IsolationLevel.Serializable"/>.</summary>
    public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

    /// <inheritdoc/>
    protected override DbConnection? DbConnection => _connection;

    /// <summary>Makes the changes durable, as far as <see cref="SqliteOpenOptions.Synchronous"/> asks.</summary>
    /// <exception cref="SqliteException">The commit failed; the transaction stays open and can be rolled back.</exception>
    public override void Commit()
    {
        Run(Open, "COMMIT");
        End();
    }

    /// <summary>Undoes the changes.</summary>
    public override void Rollback()
    {
        // Some failures (a full disk, no memory) make SQLite roll back by itself.
        if (!Open.IsAutoCommit)
            Run(Open, "ROLLBACK");
        End();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _connection is { State: ConnectionState.Open })
            Rollback();
        base.Dispose(disposing);
    }

    private SqliteConnection Open =>
        _connection ?? throw new InvalidOperationException("The transaction has ended.");

    private void End()
    {
        _connection!.Transaction = null;
        _connection = null;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var statement = connection.Prepare(sql);
        statement.Execute();
    }
}
