using AnyFetch.Sqlite;
using Dapper;

namespace AnyFetch.Provider.Store;

/// <summary>The durable queue of items.</summary>
internal sealed class ItemTable(StoreQueue queue)
{
    private const string Columns = """
        sequence AS Sequence, identifier AS Identifier, operation AS Operation, version AS Version, title AS Title,
        payload AS Payload, attempts AS Attempts, postponements AS Postponements, content AS Content,
        patch_of AS PatchOf, is_complete AS IsComplete
        """;

    // A document that is to be moved elsewhere goes first; then its old place can be deleted or taken by another item.
    private const string NotAwaited = """
        NOT EXISTS (SELECT 1 FROM queue AS moves WHERE moves.account = queue.account
            AND moves.patch_of = queue.identifier AND moves.identifier <> queue.identifier)
        """;

    private const string MayMove = "AND (patch_of IS NULL OR patch_of = identifier OR sequence <= @MovesUpTo)";

    /// <summary>What may be done now: due retries of this run, then deletions, then additions, new changes first.</summary>
    public Task<ClaimedItems> ClaimAsync(ItemClaim claim, CancellationToken cancellationToken) =>
        queue.RunAsync(connection => Claim(connection, claim), cancellationToken);

    /// <summary>Gives what earlier runs left waiting a new chance.</summary>
    public Task RefreshAsync(long account, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection =>
            {
                connection.Execute(
                    """
                    UPDATE queue SET not_before = 0, attempts = 0, postponements = 0
                    WHERE account = @account AND not_before > 0
                    """,
                    new { account });
            },
            cancellationToken);

    public Task<long> CountAsync(long account, ItemOperation? operation, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection => connection.ExecuteScalar<long>(
                "SELECT COUNT(*) FROM queue WHERE account = @account AND operation IN (@low, @high)",
                new { account, low = (int)(operation ?? ItemOperation.Delete), high = (int)(operation ?? ItemOperation.Upsert) }),
            cancellationToken);

    public Task<long?> NextWaitingAsync(long account, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection => connection.ExecuteScalar<long?>(
                "SELECT MIN(not_before) FROM queue WHERE account = @account AND not_before > 0", new { account }),
            cancellationToken);

    public Task<IReadOnlyDictionary<long, long>> CountByAccountAsync(CancellationToken cancellationToken) =>
        queue.RunAsync<IReadOnlyDictionary<long, long>>(
            connection => connection
                .Query<(long Account, long Items)>("SELECT account, COUNT(*) FROM queue GROUP BY account")
                .ToDictionary(row => row.Account, row => row.Items),
            cancellationToken);

    /// <summary>The core has this version of the item now.</summary>
    public static void Sent(
        SqliteConnection connection, long account, ItemRow item, string? version, string? content, long now)
    {
        if (item.IsAccessOnly)
        {
            connection.Execute(
                """
                DELETE FROM queue WHERE sequence = @Sequence;
                DELETE FROM errors WHERE account = @account AND identifier = @Identifier
                    AND code IN ('AccessUnknown', 'ReadersUnknown', 'GroupUnreadable', 'TooManyReaders');
                """,
                new { item.Sequence, item.Identifier, account });
            return;
        }

        connection.Execute(
            """
            DELETE FROM queue WHERE sequence = @Sequence;
            UPDATE ledger SET version = @version, content = @content, sent = @now
            WHERE account = @account AND identifier = @Identifier;
            DELETE FROM errors WHERE account = @account AND identifier = @Identifier;
            """,
            new { item.Sequence, item.Identifier, account, version, content, now });
        if (item.IsMove)
        {
            Left(connection, account, item);
        }
    }

    // Where the item was, nothing is left, unless the source put another one there meanwhile.
    private static void Left(SqliteConnection connection, long account, ItemRow item) =>
        connection.Execute(
            """
            DELETE FROM ledger WHERE account = @account AND identifier = @PatchOf AND source_id = (
                SELECT source_id FROM ledger WHERE account = @account AND identifier = @Identifier);
            DELETE FROM queue WHERE account = @account AND identifier = @PatchOf AND operation = 0;
            DELETE FROM errors WHERE account = @account AND identifier = @PatchOf;
            """,
            new { account, item.PatchOf, item.Identifier });

    /// <summary>The core no longer has the item. A newer upsert that already waits keeps the ledger's row.</summary>
    public static void Deleted(SqliteConnection connection, long account, ItemRow item) =>
        connection.Execute(
            """
            DELETE FROM queue WHERE sequence = @Sequence;
            UPDATE ledger SET version = NULL, content = NULL WHERE account = @account AND identifier = @Identifier;
            DELETE FROM ledger WHERE account = @account AND identifier = @Identifier AND NOT EXISTS (
                SELECT 1 FROM queue WHERE account = @account AND identifier = @Identifier);
            DELETE FROM errors WHERE account = @account AND identifier = @Identifier;
            """,
            new { item.Sequence, item.Identifier, account });

    /// <summary>
    /// The source no longer has the item. The ledger keeps it: an earlier attempt may have got as far as the document, and only
    /// what the ledger knows is ever deleted.
    /// </summary>
    public static void Gone(SqliteConnection connection, long account, ItemRow item) =>
        connection.Execute(
            """
            DELETE FROM queue WHERE sequence = @Sequence;
            DELETE FROM errors WHERE account = @account AND identifier = @Identifier;
            """,
            new { item.Sequence, item.Identifier, account });

    /// <summary>The item is tried again, not before a moment; <paramref name="run"/> 0 leaves it to later runs.</summary>
    public static void Wait(SqliteConnection connection, ItemRow item, long run, long notBefore) =>
        connection.Execute(
            """
            UPDATE queue SET attempts = @Attempts, postponements = @Postponements, tried_run = @run,
                not_before = @notBefore WHERE sequence = @Sequence
            """,
            new { item.Attempts, item.Postponements, item.Sequence, run, notBefore });

    /// <summary>The item leaves the queue; a final failure counts as handled until the item changes.</summary>
    public static void Failed(SqliteConnection connection, long account, ItemRow item, bool retryable) =>
        connection.Execute(
            """
            DELETE FROM queue WHERE sequence = @Sequence;
            UPDATE ledger SET version = @version, content = NULL WHERE account = @account AND identifier = @Identifier;
            """,
            new
            {
                item.Sequence,
                item.Identifier,
                account,
                version = retryable || item.Operation == ItemOperation.Delete ? null : item.Version,
            });

    private static bool IsFree(ItemRow row, ItemClaim claim) =>
        !claim.InFlight.ContainsKey(row.Identifier)
        && (row.PatchOf is null || !claim.InFlight.ContainsKey(row.PatchOf));

    private static ClaimedItems Claim(SqliteConnection connection, ItemClaim claim)
    {
        var found = new List<ItemRow>();
        Add(
            """
            AND not_before > 0 AND not_before <= @Now AND tried_run = @Run ORDER BY not_before LIMIT @limit
            """);
        Add("AND operation = 0 AND not_before = 0 AND sequence <= @DeletesUpTo ORDER BY sequence LIMIT @limit");
        if (claim.UpsertsMax > 0)
        {
            Add(
                claim.OnlyOwn
                    ? $"AND operation = 1 AND not_before = 0 AND run = @Run {MayMove} ORDER BY rank, sequence LIMIT @limit"
                    : $"AND operation = 1 AND not_before = 0 {MayMove} ORDER BY run DESC, rank, sequence LIMIT @limit",
                claim.UpsertsMax);
        }

        var next = connection.ExecuteScalar<long?>(
            "SELECT MIN(not_before) FROM queue WHERE account = @Account AND not_before > 0 AND tried_run = @Run",
            new { claim.Account, claim.Run });
        return new ClaimedItems(found, next, claim.InFlight.IsEmpty);

        void Add(string condition, int atMost = int.MaxValue)
        {
            var room = Math.Min(claim.ItemsMax - found.Count, atMost);
            if (room <= 0)
            {
                return;
            }

            // Rows in the air are still there: as many more are read, and left out.
            var limit = room + claim.InFlight.Count;
            var rows = connection.Query<ItemRow>(
                $"SELECT {Columns} FROM queue WHERE account = @Account AND {NotAwaited} {condition}",
                new { claim.Account, claim.Run, claim.Now, claim.DeletesUpTo, claim.MovesUpTo, limit });
            found.AddRange(rows.Where(row => IsFree(row, claim)).Take(room));
        }
    }
}
