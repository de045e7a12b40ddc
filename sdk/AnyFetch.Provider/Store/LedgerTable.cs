using System.Runtime.CompilerServices;
using AnyFetch.Sqlite;
using Dapper;

namespace AnyFetch.Provider.Store;

/// <summary>What is known of each account's items.</summary>
internal sealed class LedgerTable(StoreQueue queue)
{
    private const int PageItems = 500;

    private const string Entries =
        """
        SELECT ledger.identifier AS Identifier, ledger.source_id AS SourceId, ledger.version AS Version,
            queue.version AS QueuedVersion
        FROM ledger LEFT JOIN queue
            ON queue.account = ledger.account AND queue.identifier = ledger.identifier AND queue.operation = 1
        """;

    public Task<LedgerEntry?> FindAsync(long account, string identifier, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection => connection.QueryFirstOrDefault<LedgerEntry>(
                $"{Entries} WHERE ledger.account = @account AND ledger.identifier = @identifier",
                new { account, identifier }),
            cancellationToken);

    public async IAsyncEnumerable<LedgerEntry> ListAsync(
        long account, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = "";
        while (true)
        {
            var page = await queue.RunAsync(
                connection => connection.Query<LedgerEntry>(
                    $"""
                    {Entries}
                    WHERE ledger.account = @account AND ledger.identifier >= @prefix AND ledger.identifier < @end
                        AND ledger.identifier > @after
                    ORDER BY ledger.identifier LIMIT @limit
                    """,
                    new { account, prefix, end = PrefixRange.End(prefix), after, limit = PageItems }).AsList(),
                cancellationToken);
            foreach (var entry in page)
            {
                yield return entry;
            }

            if (page.Count < PageItems)
            {
                yield break;
            }

            after = page[^1].Identifier;
        }
    }

    /// <summary>
    /// Notes an item that is about to be sent outside a run, so that its deletion is noticed like any other's. It counts as
    /// never sent, which leaves the next listing to send it as it finds it.
    /// </summary>
    public Task NoteAsync(long account, string identifier, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection =>
            {
                connection.Execute(
                    """
                    INSERT INTO ledger (account, identifier, listing)
                    SELECT id, @identifier, listing FROM accounts WHERE id = @account
                    ON CONFLICT (account, identifier) DO NOTHING
                    """,
                    new { account, identifier });
            },
            cancellationToken);

    /// <summary>Whether a run deleted the item since it was noted, or is about to.</summary>
    public Task<bool> IsDeletedAsync(long account, string identifier, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection => connection.ExecuteScalar<long>(
                """
                SELECT NOT EXISTS (SELECT 1 FROM ledger WHERE account = @account AND identifier = @identifier) OR EXISTS (
                    SELECT 1 FROM queue WHERE account = @account AND identifier = @identifier AND operation = 0)
                """,
                new { account, identifier }) != 0,
            cancellationToken);

    public Task<long> CountAsync(long account, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection => connection.ExecuteScalar<long>(
                "SELECT COUNT(*) FROM ledger WHERE account = @account", new { account }),
            cancellationToken);
}
