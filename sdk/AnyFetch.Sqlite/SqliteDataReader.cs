using System.Collections;
using System.Data.Common;
using System.Globalization;

namespace AnyFetch.Sqlite;

/// <summary>The rows of a command. Typed getters neither box nor copy more than they give.</summary>
public sealed class SqliteDataReader : DbDataReader
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;
    private readonly bool _closesConnection;
    private SqliteStatement? _statement;
    private string? _rest;
    private bool _firstRowWaits;
    private bool _onRow;
    private int _changes = -1;

    internal SqliteDataReader(SqliteConnection connection, SqliteCommand command, bool closesConnection)
    {
        _connection = connection;
        _command = command;
        _closesConnection = closesConnection;
        _rest = command.CommandText;
        NextResult();
    }

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <inheritdoc/>
    public override int FieldCount => _statement?.ColumnCount ?? 0;

    /// <inheritdoc/>
    public override bool HasRows => _firstRowWaits || _onRow;

    /// <inheritdoc/>
    public override bool IsClosed => _statement is null && _rest is null;

    /// <summary>Rows changed by the statements run so far, or -1 if none of them could change any.</summary>
    public override int RecordsAffected => _changes;

    /// <inheritdoc/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc/>
    public override bool Read()
    {
        if (_firstRowWaits)
        {
            _firstRowWaits = false;
            return _onRow = true;
        }

        return _onRow = _onRow && Row.Step();
    }

    /// <summary>Runs the next statement that gives rows; false when none is left.</summary>
    public override bool NextResult()
    {
        while (_rest is { } sql)
        {
            Release();
            _statement = _connection.Prepare(sql);
            _rest = _statement.Rest;
            _command.Parameters.BindTo(_statement);
            var before = _connection.TotalChanges;
            _firstRowWaits = _statement.Step();
            _onRow = false;
            // SQLite leaves the last count in place when a statement changes no row, so the total tells.
            if (!_statement.IsReadOnly)
                _changes = Math.Max(_changes, 0) + (_connection.TotalChanges == before ? 0 : _connection.Changes);
            if (_statement.ColumnCount > 0)
                return true;
        }

        _firstRowWaits = _onRow = false;
        return false;
    }

    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal) => Row.IsNull(ordinal);

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) => Row.Int64(ordinal) != 0;

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) => checked((byte)Row.Int64(ordinal));

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) => checked((short)Row.Int64(ordinal));

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) => checked((int)Row.Int64(ordinal));

    /// <inheritdoc/>
    public override long GetInt64(int ordinal) => Row.Int64(ordinal);

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) => (float)Row.Double(ordinal);

    /// <inheritdoc/>
    public override double GetDouble(int ordinal) => Row.Double(ordinal);

    /// <inheritdoc/>
    public override decimal GetDecimal(int ordinal) => decimal.Parse(GetString(ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string GetString(int ordinal) => NotNull(ordinal).Text(ordinal);

    /// <inheritdoc/>
    public override char GetChar(int ordinal) => GetString(ordinal)[0];

    /// <summary>
    /// The bytes of a blob, or of a text in UTF-8, without copying them. The span is valid until the reader moves.
    /// </summary>
    public ReadOnlySpan<byte> GetBytes(int ordinal) => Row.Bytes(ordinal);

    /// <inheritdoc/>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        var bytes = Row.Bytes(ordinal);
        if (buffer is null)
            return bytes.Length;
        var part = bytes[(int)Math.Min(dataOffset, bytes.Length)..];
        part = part[..Math.Min(part.Length, length)];
        part.CopyTo(buffer.AsSpan(bufferOffset));
        return part.Length;
    }

    /// <inheritdoc/>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        var text = GetString(ordinal);
        if (buffer is null)
            return text.Length;
        var part = text.AsSpan((int)Math.Min(dataOffset, text.Length));
        part = part[..Math.Min(part.Length, length)];
        part.CopyTo(buffer.AsSpan(bufferOffset));
        return part.Length;
    }

    /// <summary>Not supported: SQLite has no dates, only the integers or texts that stand for them.</summary>
    public override DateTime GetDateTime(int ordinal) => throw new NotSupportedException();

    /// <summary>Not supported: SQLite has no GUIDs.</summary>
    public override Guid GetGuid(int ordinal) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override object GetValue(int ordinal) => Row.ColumnType(ordinal) switch
    {
        SqliteColumnType.Integer => Row.Int64(ordinal),
        SqliteColumnType.Real => Row.Double(ordinal),
        SqliteColumnType.Text => Row.Text(ordinal),
        SqliteColumnType.Blob => Row.Bytes(ordinal).ToArray(),
        _ => DBNull.Value,
    };

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var count = Math.Min(values.Length, FieldCount);
        for (var ordinal = 0; ordinal < count; ordinal++)
            values[ordinal] = GetValue(ordinal);
        return count;
    }

    /// <inheritdoc/>
    public override string GetName(int ordinal) => Current.ColumnName(ordinal);

    /// <inheritdoc/>
    public override int GetOrdinal(string name)
    {
        for (var ordinal = 0; ordinal < FieldCount; ordinal++)
        {
            if (string.Equals(GetName(ordinal), name, StringComparison.OrdinalIgnoreCase))
                return ordinal;
        }

        throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such column.");
    }

    /// <inheritdoc/>
    public override string GetDataTypeName(int ordinal) => Current.DeclaredType(ordinal) ?? "";

    /// <summary>The type of the current value, or what the column declares where there is none.</summary>
    public override Type GetFieldType(int ordinal)
    {
        var type = _onRow || _firstRowWaits ? Current.ColumnType(ordinal) : SqliteColumnType.Null;
        return type switch
        {
            SqliteColumnType.Integer => typeof(long),
            SqliteColumnType.Real => typeof(double),
            SqliteColumnType.Text => typeof(string),
            SqliteColumnType.Blob => typeof(byte[]),
            _ => DeclaredFieldType(Current.DeclaredType(ordinal)),
        };
    }

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    /// <inheritdoc/>
    public override void Close()
    {
        _rest = null;
        Release();
        if (_closesConnection)
            _connection.Close();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }

    private SqliteStatement Current =>
        _statement ?? throw new InvalidOperationException("The reader is closed, or has no result.");

    private SqliteStatement Row =>
        _onRow ? _statement! : throw new InvalidOperationException("The reader is not on a row.");

    private SqliteStatement NotNull(int ordinal) =>
        Row.IsNull(ordinal) ? throw new InvalidCastException($"Column {ordinal} is NULL.") : Row;

    private void Release()
    {
        _statement?.Dispose();
        _statement = null;
    }

    private static Type DeclaredFieldType(string? declared) => declared?.ToUpperInvariant() switch
    {
        null or "" => typeof(object),
        var type when type.Contains("INT", StringComparison.Ordinal) => typeof(long),
        var type when type.Contains("CHAR", StringComparison.Ordinal)
            || type.Contains("TEXT", StringComparison.Ordinal) => typeof(string),
        var type when type.Contains("BLOB", StringComparison.Ordinal) => typeof(byte[]),
        var type when type.Contains("REAL", StringComparison.Ordinal) => typeof(double),
        _ => typeof(object),
    };
}
