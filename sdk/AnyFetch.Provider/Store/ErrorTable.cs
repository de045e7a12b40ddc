using System.Text.Json;
using AnyFetch.Sqlite;
using Dapper;

namespace AnyFetch.Provider.Store;

/// <summary>What went wrong per item, bounded, cleared by success.</summary>
internal sealed class ErrorTable(StoreQueue queue)
{
    private const int MessageCharactersMax = 2000;

    private const string Columns = """
        identifier AS Identifier, title AS Title, stage AS Stage, code AS Code, message AS Message,
        attempts AS Attempts, first_seen AS FirstSeen, last_seen AS LastSeen, retryable AS Retryable, item AS Item
        """;

    public Task<IReadOnlyList<ErrorRow>> ListAsync(
        long account, int start, int limit, CancellationToken cancellationToken) =>
        queue.RunAsync<IReadOnlyList<ErrorRow>>(
            connection => connection.Query<ErrorRow>(
                $"""
                SELECT {Columns} FROM errors WHERE account = @account
                ORDER BY last_seen DESC, identifier LIMIT @limit OFFSET @start
                """,
                new { account, start, limit }).AsList(),
            cancellationToken);

    public Task<long> CountAsync(long account, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection => connection.ExecuteScalar<long>(
                "SELECT COUNT(*) FROM errors WHERE account = @account", new { account }),
            cancellationToken);

    /// <summary>Acknowledges one entry, or all.</summary>
    public Task ClearAsync(long account, string? identifier, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection =>
            {
                connection.Execute(
                    "DELETE FROM errors WHERE account = @account AND (@identifier IS NULL OR identifier = @identifier)",
                    new { account, identifier });
            },
            cancellationToken);

    /// <summary>Forgets an earlier listing that failed as a whole: one succeeded since.</summary>
    public Task ClearListingAsync(long account, long before, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection =>
            {
                connection.Execute(
                    "DELETE FROM errors WHERE account = @account AND identifier = '' AND last_seen < @before",
                    new { account, before });
            },
            cancellationToken);

    /// <summary>Puts failed items back into the queue, unless a newer word about them waits there.</summary>
    public Task<int> RequeueAsync(long account, string? identifier, CancellationToken cancellationToken) =>
        queue.RunAsync(connection => Requeue(connection, account, identifier), cancellationToken);

    /// <summary>Adds an entry of its own, that no run made.</summary>
    public Task PutAsync(long account, ErrorRow error, int errorsMax, CancellationToken cancellationToken) =>
        queue.RunAsync(connection => Put(connection, account, error, errorsMax), cancellationToken);

    public static void Put(SqliteConnection connection, long account, ErrorRow error, int errorsMax)
    {
        connection.Execute(
            """
            INSERT INTO errors (account, identifier, title, stage, code, message, attempts, first_seen, last_seen,
                retryable, item)
            VALUES (@account, @Identifier, @Title, @Stage, @Code, @message, @Attempts, @LastSeen, @LastSeen,
                @Retryable, @Item)
            ON CONFLICT (account, identifier) DO UPDATE SET title = excluded.title, stage = excluded.stage,
                code = excluded.code, message = excluded.message, attempts = errors.attempts + excluded.attempts,
                last_seen = excluded.last_seen, retryable = excluded.retryable,
                item = COALESCE(excluded.item, errors.item)
            """,
            new
            {
                account,
                error.Identifier,
                error.Title,
                error.Stage,
                error.Code,
                message = error.Message.Length > MessageCharactersMax
                    ? error.Message[..MessageCharactersMax]
                    : error.Message,
                error.Attempts,
                error.LastSeen,
                error.Retryable,
                error.Item,
            });
        connection.Execute(
            """
            DELETE FROM errors WHERE account = @account AND identifier IN (
                SELECT identifier FROM errors WHERE account = @account
                ORDER BY last_seen DESC LIMIT -1 OFFSET @errorsMax)
            """,
            new { account, errorsMax });
    }

    /// <summary>Forgets what a complete listing did not complain about again.</summary>
    public static void ClearOldListing(SqliteConnection connection, long account, long before) =>
        connection.Execute(
            "DELETE FROM errors WHERE account = @account AND stage = 'list' AND last_seen < @before",
            new { account, before });

    private static int Requeue(SqliteConnection connection, long account, string? identifier)
    {
        var rows = connection.Query<ErrorRow>(
            $"""
            SELECT {Columns} FROM errors
            WHERE account = @account AND item IS NOT NULL AND (@identifier IS NULL OR identifier = @identifier)
            """,
            new { account, identifier }).AsList();
        foreach (var row in rows)
        {
            var item = JsonSerializer.Deserialize(row.Item!, ProviderJson.Default.ItemRow)!;
            connection.Execute(
                """
                INSERT INTO queue
                    (account, identifier, operation, run, rank, version, title, payload, content, is_complete)
                VALUES (@account, @Identifier, @operation, 0, 0, @Version, @Title, @Payload, @Content, @isComplete)
                ON CONFLICT (account, identifier) DO NOTHING;
                """,
                new
                {
                    account, item.Identifier, operation = (int)item.Operation, item.Version, item.Title, item.Payload,
                    item.Content, isComplete = item.IsComplete ? 1 : 0,
                });
        }

        return rows.Count;
    }
}
