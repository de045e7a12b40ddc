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

    public Task<long> CountAsync(long account, CancellationToken cancellationToken) =>
        queue.RunAsync(
            connection => connection.ExecuteScalar<long>(
                "SELECT COUNT(*) FROM ledger WHERE account = @account", new { account }),
            cancellationToken);
}
