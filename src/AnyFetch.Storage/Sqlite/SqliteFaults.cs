using AnyFetch.Core.Errors;
using AnyFetch.Sqlite;

namespace AnyFetch.Storage.Sqlite;

/// <summary>Tells the failures of disk and locks, which pass, from bugs and damage, which do not.</summary>
internal static class SqliteFaults
{
    // https://sqlite.org/rescode.html
    private const int InputOutput = 10;
    private const int CannotOpen = 14;
    private const int LockProtocol = 15;
    private const int GrowingSharedMemory = 10 | (19 << 8);

    /// <summary>The failure for callers of the store; other faults come back as they are.</summary>
    public static Exception Explain(Exception fault) => fault switch
    {
        // The log's index grows page by page, and SQLite has no code of its own for its disk being full.
        SqliteException { IsDiskFull: true } or SqliteException { ExtendedResultCode: GrowingSharedMemory } =>
            new StoreFailureException(StoreFailure.Full, fault),
        SqliteException { IsTransient: true }
            or SqliteException { ResultCode: InputOutput or CannotOpen or LockProtocol } =>
            new StoreFailureException(StoreFailure.Unavailable, fault),
        _ => fault,
    };
}
