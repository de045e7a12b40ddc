using AnyFetch.Core.Errors;
using AnyFetch.Storage.Database;
using Npgsql;

namespace AnyFetch.Storage.PostgreSql;

/// <summary>Tells the failures of a server or the way to it, which pass, from bugs, which do not.</summary>
internal static class PostgreSqlFaults
{
    /// <summary>The server's disk is full. Trying again at once would not help.</summary>
    public static bool IsDiskFull(Exception fault) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    /// <summary>There is no server, or it is starting or stopping: others would find the same.</summary>
    public static bool IsAway(Exception fault) => fault switch
    {
        PostgresException server => server.SqlState is PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow,
        _ => fault is NpgsqlException or IOException,
    };

    /// <summary>The failure for callers of the store; other faults come back as they are.</summary>
    public static Exception Explain(Exception fault) => fault switch
    {
        _ when IsDiskFull(fault) => new StoreFailureException(StoreFailure.Full, fault),
        WriteConflictException
            or NpgsqlException { IsTransient: true }
            or PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } =>
            new StoreFailureException(StoreFailure.Unavailable, fault),
        PostgresException => fault,
        NpgsqlException or IOException or TimeoutException =>
            new StoreFailureException(StoreFailure.Unavailable, fault),
        _ => fault,
    };
}
