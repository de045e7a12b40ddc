using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Feed;
using AnyFetch.Storage.Database;
using AnyFetch.Storage.Documents;

namespace AnyFetch.Storage.Feed;

/// <inheritdoc/>
/// <remarks>
/// A read first asks up to where the feed is complete, then merges the documents and the deletions up to there. What
/// changes between these queries moves past the bound and is seen by the next read. A reading ends early when its
/// documents are large, see <see cref="StorageOptions.FeedReadBytesMax"/>.
/// </remarks>
internal sealed class ChangeFeed(IDatabase database, StorageOptions options, TimeProvider timeProvider) : IChangeFeed
{
    private const string Range =
        "(feed_transaction, feed_sequence) > ($1, $2) AND (feed_transaction, feed_sequence) <= ($3, $4)";

    private const string Order = "ORDER BY feed_transaction, feed_sequence LIMIT $5";

    private const string OfCompanyOrder = "AND company = $5 ORDER BY feed_transaction, feed_sequence LIMIT $6";

    private const string NameSql = "SELECT name FROM feed";
    private const string Position = "feed_transaction, feed_sequence FROM documents";
    private const string DocumentColumns = $"SELECT {DocumentRow.Columns}, {Position}";
    private const string SearchableColumns = $"SELECT {DocumentRow.SearchableColumns}, {Position}";
    private const string TombstoneColumns = "SELECT company, id, feed_transaction, feed_sequence FROM tombstones";
    private const string DocumentsSql = $"{DocumentColumns} WHERE {Range} {Order}";
    private const string TombstonesSql = $"{TombstoneColumns} WHERE {Range} {Order}";
    private const string DocumentsOfCompanySql = $"{DocumentColumns} WHERE {Range} {OfCompanyOrder}";
    private const string SearchableSql = $"{SearchableColumns} WHERE {Range} {Order}";
    private const string SearchableOfCompanySql = $"{SearchableColumns} WHERE {Range} {OfCompanyOrder}";
    private const string TombstonesOfCompanySql = $"{TombstoneColumns} WHERE {Range} {OfCompanyOrder}";

    private const string LastSql =
        "WHERE (feed_transaction, feed_sequence) <= ($1, $2) ORDER BY feed_transaction DESC, feed_sequence DESC LIMIT 1";

    private const string LastChangeSql = $"SELECT feed_transaction, feed_sequence FROM documents {LastSql}";
    private const string LastDeletionSql = $"SELECT feed_transaction, feed_sequence FROM tombstones {LastSql}";

    private const string HorizonSql =
        "SELECT feed_transaction, feed_sequence FROM feed_horizons "
        + "ORDER BY feed_transaction DESC, feed_sequence DESC LIMIT 1";

    private const string HorizonOfCompanySql =
        "SELECT feed_transaction, feed_sequence FROM feed_horizons WHERE company = $1";

    private static readonly FeedPosition s_everything = new(long.MaxValue, long.MaxValue);
    private static readonly TimeSpan s_heldBackPoll = TimeSpan.FromMilliseconds(20);

    private string? _name;

    /// <summary>What a database has sent beyond the budget is read for nothing, so after that we ask for little more than fitted.</summary>
    private volatile int _pageEntries = int.MaxValue;

    public async ValueTask<string> GetNameAsync(CancellationToken cancellationToken) =>
        _name ??= (await database.QueryAsync(NameSql, [], static row => row.Text(0), cancellationToken)
            .ConfigureAwait(false))[0];

    public ValueTask<IReadOnlyList<FeedEntry>> ReadAsync(
        FeedPosition after,
        int limit,
        CompanyId? company,
        CancellationToken cancellationToken) =>
        ReadAsync(company is null ? DocumentsSql : DocumentsOfCompanySql, after, limit, company, cancellationToken);

    public ValueTask<IReadOnlyList<FeedEntry>> ReadSearchableAsync(
        FeedPosition after,
        int limit,
        CompanyId? company,
        CancellationToken cancellationToken) =>
        ReadAsync(company is null ? SearchableSql : SearchableOfCompanySql, after, limit, company, cancellationToken);

    public async ValueTask<FeedPosition> GetHorizonAsync(CompanyId? company, CancellationToken cancellationToken)
    {
        SqlValue[] values = company is { } one ? [one] : [];
        var sql = company is null ? HorizonSql : HorizonOfCompanySql;
        var rows = await database.QueryAsync(sql, values, ReadPosition, cancellationToken).ConfigureAwait(false);
        return rows.DefaultIfEmpty(FeedPosition.Start).First();
    }

    public async ValueTask<FeedPosition> GetEndAsync(CancellationToken cancellationToken)
    {
        var bound = await database.GetFeedBoundAsync(cancellationToken).ConfigureAwait(false);
        return await GetLastAsync(bound, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask WaitAsync(FeedPosition after, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before looking, so that a commit between the look and the wait is not slept through.
            var next = database.Signals.Feed.Next;
            if (await GetEndAsync(cancellationToken).ConfigureAwait(false) > after)
            {
                return;
            }

            // Something is there but an older transaction still runs, perhaps somebody else's, whose end no signal tells.
            var isHeldBack = await GetLastAsync(s_everything, cancellationToken).ConfigureAwait(false) > after;
            var wait = isHeldBack ? s_heldBackPoll : TimeSpan.FromSeconds(options.PollSeconds);
            await next.WaitAtMostAsync(wait, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<IReadOnlyList<FeedEntry>> ReadAsync(
        string documentsSql,
        FeedPosition after,
        int limit,
        CompanyId? company,
        CancellationToken cancellationToken)
    {
        var bound = await database.GetFeedBoundAsync(cancellationToken).ConfigureAwait(false);
        if (bound <= after || limit <= 0)
        {
            return [];
        }

        SqlValue[] values = company is { } one
            ? [after.Transaction, after.Sequence, bound.Transaction, bound.Sequence, one, limit]
            : [after.Transaction, after.Sequence, bound.Transaction, bound.Sequence, limit];
        var deletions = await database.QueryAsync(
            company is null ? TombstonesSql : TombstonesOfCompanySql,
            values,
            ReadTombstone,
            cancellationToken).ConfigureAwait(false);
        var budget = new FeedBudget(options.FeedReadBytesMax);
        var asked = Math.Min(limit, _pageEntries);
        values[^1] = asked;
        var changes = await database.QueryUntilAsync(
            documentsSql,
            values,
            ReadDocument,
            budget.Take,
            cancellationToken).ConfigureAwait(false);

        _pageEntries = budget.IsSpent ? changes.Count * 2
            : changes.Count < asked ? _pageEntries
            : asked < limit ? asked * 2 : int.MaxValue;
        var isCut = budget.IsSpent || changes.Count == asked;
        return deletions.Count == 0 ? changes : Merge(changes, deletions, isCut, limit);
    }

    private async ValueTask<FeedPosition> GetLastAsync(FeedPosition bound, CancellationToken cancellationToken)
    {
        SqlValue[] values = [bound.Transaction, bound.Sequence];
        var change = await database.QueryAsync(LastChangeSql, values, ReadPosition, cancellationToken)
            .ConfigureAwait(false);
        var deletion = await database.QueryAsync(LastDeletionSql, values, ReadPosition, cancellationToken)
            .ConfigureAwait(false);
        return change.Concat(deletion).DefaultIfEmpty(FeedPosition.Start).Max();
    }

    private static List<FeedEntry> Merge(List<FeedEntry> changes, List<FeedEntry> deletions, bool isCut, int limit)
    {
        // Changes that were left for the next reading stand before the later deletions.
        if (isCut)
        {
            deletions.RemoveAll(deletion => deletion.Position > changes[^1].Position);
        }

        var merged = new List<FeedEntry>(Math.Min(limit, changes.Count + deletions.Count));
        var (change, deletion) = (0, 0);
        while (merged.Count < limit && (change < changes.Count || deletion < deletions.Count))
        {
            var takesChange = deletion == deletions.Count
                || (change < changes.Count && changes[change].Position < deletions[deletion].Position);
            merged.Add(takesChange ? changes[change++] : deletions[deletion++]);
        }

        return merged;
    }

    private static FeedEntry ReadDocument(ISqlRow row)
    {
        var document = DocumentRow.Read(row);
        var position = new FeedPosition(row.Number(DocumentRow.ColumnCount), row.Number(DocumentRow.ColumnCount + 1));
        return new FeedEntry(position, document.Company, document.Id, document);
    }

    private static FeedPosition ReadPosition(ISqlRow row) => new(row.Number(0), row.Number(1));

    private static FeedEntry ReadTombstone(ISqlRow row) => new(
        new FeedPosition(row.Number(2), row.Number(3)),
        new CompanyId(row.Id(0)),
        new DocumentId(row.Id(1)),
        null);
}
