using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace AnyFetch.Sqlite;

/// <summary>A command of one or more SQL statements with named parameters (<c>@x</c>, <c>:x</c>, <c>$x</c>).</summary>
public sealed class SqliteCommand : DbCommand
{
    /// <inheritdoc/>
    [AllowNull]
    public override string CommandText { get; set => field = value ?? ""; } = "";

    /// <summary>Not applied: give <see cref="DbCommand.ExecuteReaderAsync(CancellationToken)"/> a token instead.</summary>
    public override int CommandTimeout { get; set; }

    /// <summary>Always <see cref="CommandType.Text"/>.</summary>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
                throw new NotSupportedException("SQLite has text commands only.");
        }
    }

    /// <summary>The connection that runs the command.</summary>
    public new SqliteConnection? Connection { get; set; }

    /// <summary>The parameters.</summary>
    public new SqliteParameterCollection Parameters { get; } = new();

    /// <summary>Kept for callers that set it; a connection has at most one transaction and the command runs in it.</summary>
    public new SqliteTransaction? Transaction { get; set; }

    /// <inheritdoc/>
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc/>
    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => Connection;
        set => Connection = (SqliteConnection?)value;
    }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => Parameters;

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction
    {
        get => Transaction;
        set => Transaction = (SqliteTransaction?)value;
    }

    /// <summary>Interrupts the running statements of the connection. May be called from any thread.</summary>
    public override void Cancel() => Connection?.Interrupt();

    /// <summary>Nothing to do: statements are prepared at their first use and kept by the connection.</summary>
    public override void Prepare()
    {
    }

    /// <summary>Runs every statement and gives the number of changed rows, or -1 if none could change any.</summary>
    public override int ExecuteNonQuery()
    {
        using var reader = ExecuteReader();
        while (reader.NextResult())
        {
        }

        return reader.RecordsAffected;
    }

    /// <summary>The first value of the first row, or null when there is no row.</summary>
    public override object? ExecuteScalar()
    {
        using var reader = ExecuteReader();
        do
        {
            if (reader.FieldCount > 0)
                return reader.Read() ? reader.GetValue(0) : null;
        }
        while (reader.NextResult());
        return null;
    }

    /// <summary>Runs the statements one after the other, as results are asked for.</summary>
    public new SqliteDataReader ExecuteReader() => ExecuteReader(CommandBehavior.Default);

    /// <summary>Runs the statements one after the other, as results are asked for.</summary>
    public new SqliteDataReader ExecuteReader(CommandBehavior behavior)
    {
        var connection = Connection ?? throw new InvalidOperationException("The command has no connection.");
        return new SqliteDataReader(connection, this, behavior.HasFlag(CommandBehavior.CloseConnection));
    }

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => ExecuteReader(behavior);

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => new SqliteParameter();
}
