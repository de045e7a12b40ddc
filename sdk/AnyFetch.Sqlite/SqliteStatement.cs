using System.Buffers;
using System.Text;
using SQLitePCL;

namespace AnyFetch.Sqlite;

/// <summary>
/// A prepared statement, for code where each microsecond counts: bind by position, step, read columns, reset.
/// Nothing is allocated per execution. <see cref="Dispose"/> gives it back to its connection.
/// </summary>
/// <remarks>Parameters count from 1 and columns from 0, as in SQLite. Bound values stay until bound again.</remarks>
public sealed class SqliteStatement : IDisposable
{
    private const int StackBytesMax = 512;

    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _handle;
    private string?[]? _parameterNames;

    internal SqliteStatement(SqliteConnection connection, sqlite3_stmt handle, string? rest)
    {
        _connection = connection;
        _handle = handle;
        Rest = rest;
        ColumnCount = raw.sqlite3_column_count(_handle);
    }

    /// <summary>Columns of a row; 0 when the statement gives no rows.</summary>
    public int ColumnCount { get; }

    /// <summary>The statement cannot change the database.</summary>
    public bool IsReadOnly => raw.sqlite3_stmt_readonly(_handle) != 0;

    /// <summary>The text after this statement, when a command holds several.</summary>
    internal string? Rest { get; }

    internal bool IsTaken { get; private set; }

    internal long LastTaken { get; private set; }

    internal string?[] ParameterNames => _parameterNames ??= ReadParameterNames();

    /// <summary>Binds an integer.</summary>
    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_handle, parameter, value));

    /// <summary>Binds a floating point number.</summary>
    public void Bind(int parameter, double value) => Check(raw.sqlite3_bind_double(_handle, parameter, value));

    /// <summary>Binds NULL.</summary>
    public void BindNull(int parameter) => Check(raw.sqlite3_bind_null(_handle, parameter));

    /// <summary>Binds an integer, or NULL.</summary>
    public void Bind(int parameter, long? value)
    {
        if (value is { } number)
            Bind(parameter, number);
        else
            BindNull(parameter);
    }

    /// <summary>Binds bytes; an empty span is an empty blob, not NULL.</summary>
    public void BindBlob(int parameter, ReadOnlySpan<byte> value) => Check(value.IsEmpty
        ? raw.sqlite3_bind_zeroblob(_handle, parameter, 0)
        : raw.sqlite3_bind_blob(_handle, parameter, value));

    /// <summary>Binds text that is UTF-8 already; an empty span is an empty text, not NULL.</summary>
    public void BindText(int parameter, ReadOnlySpan<byte> utf8) => Check(utf8.IsEmpty
        ? raw.sqlite3_bind_text(_handle, parameter, "")
        : raw.sqlite3_bind_text(_handle, parameter, utf8));

    /// <summary>Binds text, or NULL.</summary>
    public void BindText(int parameter, string? value)
    {
        if (value is null)
            BindNull(parameter);
        else
            BindText(parameter, value.AsSpan());
    }

    /// <summary>Binds text.</summary>
    public void BindText(int parameter, ReadOnlySpan<char> value)
    {
        var bytesMax = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (bytesMax <= StackBytesMax)
        {
            Span<byte> buffer = stackalloc byte[StackBytesMax];
            BindText(parameter, buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(bytesMax);
        BindText(parameter, rented.AsSpan(0, Encoding.UTF8.GetBytes(value, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="SqliteException">The statement failed; it has been reset.</exception>
    public bool Step()
    {
        var result = raw.sqlite3_step(_handle);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result == raw.SQLITE_DONE)
            return false;
        var fault = SqliteException.From(_connection.Handle, result);
        raw.sqlite3_reset(_handle);
        throw fault;
    }

    /// <summary>Makes the statement ready to run again. Bound values stay.</summary>
    public void Reset() => raw.sqlite3_reset(_handle);

    /// <summary>Runs the statement to its end, ignoring rows, and resets it; gives the number of changed rows.</summary>
    public int Execute()
    {
        while (Step())
        {
        }

        raw.sqlite3_reset(_handle);
        return raw.sqlite3_changes(_connection.Handle);
    }

    /// <summary>The position of a named parameter, prefix included (<c>@x</c>); 0 when there is none.</summary>
    public int ParameterIndex(string name) => raw.sqlite3_bind_parameter_index(_handle, name);

    /// <summary>The storage class of a value in the current row.</summary>
    public SqliteColumnType ColumnType(int column) => (SqliteColumnType)raw.sqlite3_column_type(_handle, column);

    /// <summary>The value is NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    /// <summary>A value as an integer; NULL gives 0.</summary>
    public long Int64(int column) => raw.sqlite3_column_int64(_handle, column);

    /// <summary>A value as a floating point number; NULL gives 0.</summary>
    public double Double(int column) => raw.sqlite3_column_double(_handle, column);

    /// <summary>
    /// The bytes of a blob, or of a text in UTF-8, without copying them. The span is valid until the next
    /// step, reset or dispose. NULL gives an empty span.
    /// </summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_handle, column);

    /// <summary>A value as text; NULL gives the empty text.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <summary>A value as text, or null.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The name of a column.</summary>
    public string ColumnName(int column) => raw.sqlite3_column_name(_handle, column).utf8_to_string();

    /// <summary>Resets the statement, forgets the bound values and gives it back to its connection.</summary>
    public void Dispose()
    {
        if (!IsTaken)
            return;
        IsTaken = false;
        raw.sqlite3_reset(_handle);
        raw.sqlite3_clear_bindings(_handle);
        if (_connection.OpenStatements.Release(this))
            Destroy();
    }

    internal string? DeclaredType(int column) => raw.sqlite3_column_decltype(_handle, column).utf8_to_string();

    internal bool TryTake(long now)
    {
        if (IsTaken)
            return false;
        LastTaken = now;
        return IsTaken = true;
    }

    internal void Destroy()
    {
        IsTaken = false;
        _handle.Dispose();
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw SqliteException.From(_connection.Handle, result);
    }

    private string?[] ReadParameterNames()
    {
        var names = new string?[raw.sqlite3_bind_parameter_count(_handle)];
        for (var index = 0; index < names.Length; index++)
            names[index] = raw.sqlite3_bind_parameter_name(_handle, index + 1).utf8_to_string();
        return names;
    }
}
