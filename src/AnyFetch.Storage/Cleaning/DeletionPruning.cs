using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Storage.Database;

namespace AnyFetch.Storage.Cleaning;

/// <summary>
/// Forgets deletions of long ago, in the feed's order, and keeps how far it has got: a reader that stopped before that
/// must start over.
/// </summary>
internal sealed class DeletionPruning(IDatabase database, StorageOptions options, TimeProvider timeProvider)
{
    // From the feed's beginning, which the feed's index gives at once. The oldest come first, so what follows a younger
    // one is not looked at.
    private const string ListSql =
        "SELECT company, id, feed_transaction, feed_sequence, deleted_at FROM tombstones "
        + "WHERE (feed_transaction, feed_sequence) <= ($1, $2) ORDER BY feed_transaction, feed_sequence LIMIT $3";

    // A document that came back and was deleted again has a later tombstone, which stays.
    private const string RemoveSql =
        "DELETE FROM tombstones WHERE company = $1 AND id = $2 AND feed_transaction = $3 AND feed_sequence = $4";

    // Nobody follows a company that is gone.
    private const string MoveHorizonSql =
        "INSERT INTO feed_horizons (company, feed_transaction, feed_sequence) "
        + "SELECT id, $1, $2 FROM companies WHERE id = $3 ON CONFLICT (company) DO UPDATE SET "
        + "feed_transaction = excluded.feed_transaction, feed_sequence = excluded.feed_sequence";

    /// <summary>Forgets a batch; true when there may be more.</summary>
    public async ValueTask<bool> PruneAsync(CancellationToken cancellationToken)
    {
        var before = timeProvider.GetUtcNow() - TimeSpan.FromDays(options.TombstoneDays);

        // No commit to come can add an entry before this one, so readers past the horizon have seen all up to it.
        var bound = await database.GetFeedBoundAsync(cancellationToken).ConfigureAwait(false);
        return await database.WriteAsync(session => Prune(session, bound, before), cancellationToken)
            .ConfigureAwait(false);
    }

    private bool Prune(ISqlSession session, FeedPosition bound, DateTimeOffset before)
    {
        var old = session
            .Query(ListSql, [bound.Transaction, bound.Sequence, options.CleanUpRowsMax], Read)
            .TakeWhile(deletion => deletion.DeletedAt < before)
            .ToList();
        foreach (var (company, id, position, _) in old)
        {
            session.Execute(RemoveSql, [company, id, position.Transaction, position.Sequence]);
        }

        foreach (var ofCompany in old.GroupBy(deletion => deletion.Company))
        {
            var last = ofCompany.Last().Position;
            session.Execute(MoveHorizonSql, [last.Transaction, last.Sequence, ofCompany.Key]);
        }

        return old.Count == options.CleanUpRowsMax;
    }

    private static (CompanyId Company, DocumentId Id, FeedPosition Position, DateTimeOffset DeletedAt) Read(ISqlRow row) => (
        new CompanyId(row.Id(0)),
        new DocumentId(row.Id(1)),
        new FeedPosition(row.Number(2), row.Number(3)),
        row.Time(4));
}
