using System.Data.Common;
using SQLitePCL;

namespace AnyFetch.Sqlite;

/// <summary>SQLite refused or failed an operation.</summary>
public sealed class SqliteException : DbException
{
    /// <summary>An error with SQLite's primary and extended result codes (https://sqlite.org/rescode.html).</summary>
    public SqliteException(string message, int resultCode, int extendedResultCode)
        : base(message, resultCode)
    {
        ResultCode = resultCode;
        ExtendedResultCode = extendedResultCode;
    }

    /// <summary>The primary result code, such as 19 for a broken constraint.</summary>
    public int ResultCode { get; }

    /// <summary>The extended result code, such as 2067 for a broken UNIQUE constraint.</summary>
    public int ExtendedResultCode { get; }

    /// <summary>Another connection holds the lock: the same operation may succeed later.</summary>
    public override bool IsTransient => ResultCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>A UNIQUE or PRIMARY KEY constraint was broken.</summary>
    public bool IsUniqueViolation => ExtendedResultCode
        is raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_ROWID;

    /// <summary>The disk is full: nothing of the transaction was written.</summary>
    public bool IsDiskFull => ResultCode == raw.SQLITE_FULL;

    /// <summary>The operation was interrupted by <see cref="SqliteConnection.Interrupt"/>.</summary>
    public bool IsInterrupted => ResultCode == raw.SQLITE_INTERRUPT;

    internal static SqliteException From(sqlite3 database, int resultCode)
    {
        var extended = raw.sqlite3_extended_errcode(database);
        // The connection's error belongs to its last call; a code of another family means that it has moved on.
        var same = (extended & 0xFF) == (resultCode & 0xFF);
        var text = (same ? raw.sqlite3_errmsg(database) : raw.sqlite3_errstr(resultCode)).utf8_to_string();
        return new SqliteException($"SQLite: {text}", resultCode & 0xFF, same ? extended : resultCode);
    }
}
