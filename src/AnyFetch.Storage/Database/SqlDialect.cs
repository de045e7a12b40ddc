namespace AnyFetch.Storage.Database;

/// <summary>The few words in which the two databases' SQL differs.</summary>
/// <param name="ForUpdate">Ends a SELECT of rows that the transaction is about to change.</param>
/// <param name="ForUpdateSkipLocked">The same, passing over rows that another transaction is changing.</param>
internal sealed record SqlDialect(string ForUpdate, string ForUpdateSkipLocked)
{
    /// <summary>One writer at a time: what it reads cannot change under it.</summary>
    public static SqlDialect Sqlite { get; } = new("", "");

    public static SqlDialect PostgreSql { get; } = new(" FOR UPDATE", " FOR UPDATE SKIP LOCKED");
}
