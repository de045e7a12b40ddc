using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SQLitePCL;

namespace AnyFetch.Sqlite;

/// <summary>
/// One connection to a SQLite database. Like SQLite's own, it serves one thread at a time; only
/// <see cref="Interrupt"/> may be called while another thread uses it.
/// </summary>
public sealed class SqliteConnection : DbConnection
{
    private SqliteOpenOptions? _options;
    private string? _connectionString;
    private sqlite3? _database;
    private StatementCache? _statements;

    /// <summary>A closed connection; give it a connection string before it is opened.</summary>
    public SqliteConnection()
    {
    }

    /// <summary>A closed connection.</summary>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public SqliteConnection(string connectionString) => ConnectionString = connectionString;

    /// <summary>A closed connection.</summary>
    public SqliteConnection(SqliteOpenOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Opens a database.</summary>
    /// <exception cref="SqliteException">The file cannot be opened, or is not a database.</exception>
    public static SqliteConnection Open(SqliteOpenOptions options)
    {
        var connection = new SqliteConnection(options);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The options as a connection string (see <see cref="SqliteOpenOptions"/>).</summary>
    [AllowNull]
    public override string ConnectionString
    {
        get => _connectionString ??= _options?.ToConnectionString() ?? "";
        set
        {
            if (_database is not null)
                throw new InvalidOperationException("The connection is open.");
            _options = string.IsNullOrEmpty(value) ? null : SqliteOpenOptions.Parse(value);
            _connectionString = value;
        }
    }

    /// <summary>Always <c>main</c>.</summary>
    public override string Database => "main";

    /// <summary>The database file.</summary>
    public override string DataSource => _options?.Path ?? "";

    /// <summary>The version of the SQLite library.</summary>
    public override string ServerVersion => SqliteLibrary.Version;

    /// <inheritdoc/>
    public override ConnectionState State => _database is null ? ConnectionState.Closed : ConnectionState.Open;

    /// <summary>The transaction that was begun through this object and has not ended, if any.</summary>
    public SqliteTransaction? Transaction { get; internal set; }

    /// <summary>Rows changed by the last INSERT, UPDATE or DELETE.</summary>
    public int Changes => raw.sqlite3_changes(Handle);

    /// <summary>The rowid of the last inserted row.</summary>
    public long LastInsertRowId => raw.sqlite3_last_insert_rowid(Handle);

    /// <summary>No transaction is open.</summary>
    public bool IsAutoCommit => raw.sqlite3_get_autocommit(Handle) != 0;

    /// <summary>
    /// SQLite's own pointer (<c>sqlite3*</c>), for the parts of its interface that need native callbacks. It is valid
    /// while the connection is open, on the thread that uses the connection.
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    public nint NativeHandle => Handle.DangerousGetHandle();

    internal int TotalChanges => raw.sqlite3_total_changes(Handle);

    internal bool IsReadOnly => _options?.ReadOnly ?? false;

    internal sqlite3 Handle => _database ?? throw new InvalidOperationException("The connection is not open.");

    /// <summary>Opens the database and applies the options.</summary>
    /// <exception cref="SqliteException">The file cannot be opened, or is not a database.</exception>
    public override void Open()
    {
        if (_database is not null)
            throw new InvalidOperationException("The connection is open already.");
        var wanted = _options ?? throw new InvalidOperationException("The connection has no connection string.");
        SqliteLibrary.EnsureLoaded();
        // One thread at a time is this class's own rule, so SQLite need not take a mutex at every call.
        var flags = raw.SQLITE_OPEN_NOMUTEX
            | (wanted.ReadOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE)
            | (wanted.ReadOnly || !wanted.Create ? 0 : raw.SQLITE_OPEN_CREATE);
        var result = raw.sqlite3_open_v2(wanted.Path, out var handle, flags, null);
        if (result != raw.SQLITE_OK)
        {
            using (handle)
                throw SqliteException.From(handle, result);
        }

        _database = handle;
        _statements = new StatementCache(this, wanted.StatementsMax);
        try
        {
            raw.sqlite3_extended_result_codes(handle, 1);
            ApplyPragmas(wanted);
        }
        catch (SqliteException)
        {
            Close();
            throw;
        }
    }

    /// <summary>Rolls back an open transaction, finalizes every statement and closes the database.</summary>
    public override void Close()
    {
        if (_database is null)
            return;
        Transaction?.Dispose();
        _statements!.Dispose();
        _statements = null;
        _database.Dispose();
        _database = null;
    }

    /// <summary>Takes a prepared statement; disposing it gives it back, so the same text is prepared once.</summary>
    /// <exception cref="SqliteException">The text is not one correct statement.</exception>
    public SqliteStatement Prepare(string sql) => OpenStatements.Rent(sql);

    /// <summary>Runs a script of any number of statements, without parameters.</summary>
    /// <exception cref="SqliteException">A statement failed; the ones before it stand unless a transaction is open.</exception>
    public void ExecuteScript(string sql) => Check(raw.sqlite3_exec(Handle, sql));

    /// <summary>Begins a transaction that takes the write lock at once, or a reading one if read-only.</summary>
    /// <exception cref="SqliteException">Another connection kept the lock for longer than the busy time-out.</exception>
    public new SqliteTransaction BeginTransaction() => new(this, deferred: IsReadOnly);

    /// <summary>Begins a transaction; a deferred one takes its snapshot at the first read.</summary>
    /// <exception cref="SqliteException">Another connection kept the lock for longer than the busy time-out.</exception>
    public SqliteTransaction BeginTransaction(bool deferred) => new(this, deferred);

    /// <summary>Stops the running statements of this connection. May be called from any thread.</summary>
    public void Interrupt()
    {
        if (_database is { } handle)
            raw.sqlite3_interrupt(handle);
    }

    /// <summary>Moves the write-ahead log into the database file; true when nothing of it is left to move.</summary>
    /// <param name="truncate">Wait for readers and shorten the log to nothing, instead of doing what can be done now.</param>
    public bool Checkpoint(bool truncate)
    {
        var mode = truncate ? raw.SQLITE_CHECKPOINT_TRUNCATE : raw.SQLITE_CHECKPOINT_PASSIVE;
        var result = raw.sqlite3_wal_checkpoint_v2(Handle, null, mode, out var pages, out var moved);
        if (result == raw.SQLITE_BUSY)
            return false;
        Check(result);
        return pages == moved;
    }

    /// <summary>Pages that this connection wrote to the log or the file since this was last asked.</summary>
    public int TakePagesWritten()
    {
        Check(raw.sqlite3_db_status(Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1));
        return pages;
    }

    /// <summary>A command on this connection.</summary>
    public new SqliteCommand CreateCommand() => new() { Connection = this, Transaction = Transaction };

    /// <summary>Not supported: a connection has one database.</summary>
    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => CreateCommand();

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => BeginTransaction();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }

    internal StatementCache OpenStatements =>
        _statements ?? throw new InvalidOperationException("The connection is not open.");

    internal void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw SqliteException.From(Handle, result);
    }

    private void ApplyPragmas(SqliteOpenOptions wanted)
    {
        raw.sqlite3_busy_timeout(Handle, wanted.BusyTimeoutMilliseconds);
        var invariant = CultureInfo.InvariantCulture;
        if (!wanted.ReadOnly)
        {
            // The page size must come before the log mode, which writes the first page.
            ExecuteScript(string.Create(invariant, $"PRAGMA page_size={wanted.PageBytes}"));
            if (wanted.WriteAheadLog)
                ExecuteScript("PRAGMA journal_mode=WAL");
            ExecuteScript(string.Create(invariant, $"PRAGMA wal_autocheckpoint={wanted.CheckpointPages}"));
        }

        ExecuteScript(string.Create(invariant,
            $"""
            PRAGMA synchronous={(int)wanted.Synchronous};
            PRAGMA cache_size=-{wanted.CacheKibibytes};
            PRAGMA mmap_size={wanted.MapBytesMax};
            PRAGMA foreign_keys={(wanted.ForeignKeys ? 1 : 0)};
            """));
    }
}
