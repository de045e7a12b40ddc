using AnyFetch.Sqlite;
using Dapper;

namespace AnyFetch.Provider.Store;

/// <summary>
/// Takes a batch of listed items into ledger and queue, in one transaction with the checkpoint that follows them: a stored
/// cursor therefore never covers an item that is not durably queued.
/// </summary>
internal sealed class Intake(SqliteConnection connection, IntakeScope scope, IntakeResult result) : IDisposable
{
    private const int IdentifierCharactersMax = 4096;

    private readonly SqliteStatement _findLedger = connection.Prepare(
        "SELECT version, listing FROM ledger WHERE account = ?1 AND identifier = ?2");

    private readonly SqliteStatement _findQueued = connection.Prepare(
        "SELECT operation, version FROM queue WHERE account = ?1 AND identifier = ?2");

    private readonly SqliteStatement _see = connection.Prepare(
        "UPDATE ledger SET listing = ?3 WHERE account = ?1 AND identifier = ?2");

    private readonly SqliteStatement _know = connection.Prepare(
        """
        INSERT INTO ledger (account, identifier, source_id, listing) VALUES (?1, ?2, ?4, ?3)
        ON CONFLICT (account, identifier) DO UPDATE SET listing = excluded.listing, source_id = excluded.source_id
        """);

    private readonly SqliteStatement _queue = connection.Prepare(
        """
        INSERT OR REPLACE INTO queue (account, identifier, operation, run, rank, version, title, payload)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);

    public static IntakeResult Apply(SqliteConnection connection, IntakeScope scope, IReadOnlyList<SyncItem> items)
    {
        var result = new IntakeResult();
        using var intake = new Intake(connection, scope, result);
        foreach (var item in items)
        {
            intake.Take(item);
        }

        return result;
    }

    public void Dispose()
    {
        _findLedger.Dispose();
        _findQueued.Dispose();
        _see.Dispose();
        _know.Dispose();
        _queue.Dispose();
    }

    private void Take(SyncItem item)
    {
        switch (item)
        {
            case SyncItem.Upsert upsert:
                TakeUpsert(upsert);
                break;
            case SyncItem.Delete delete:
                TakeDelete(delete.Identifier);
                break;
            case SyncItem.DeletePrefix { Prefix.Length: > 0 } prefix:
                TakeDeletes("identifier >= @prefix AND identifier < @end", prefix.Prefix);
                break;
            case SyncItem.Checkpoint checkpoint:
                TakeCheckpoint(checkpoint);
                break;
            case SyncItem.Failure failure:
                TakeFailure(failure);
                break;
            case SyncItem.Progress progress:
                result.ExpectedItems = progress.ExpectedItems;
                break;
            case SyncItem.ListingComplete complete:
                Prune(complete.WithoutCursor);
                break;
        }
    }

    private void TakeUpsert(SyncItem.Upsert item)
    {
        result.Seen++;
        if (!IsIdentifier(item.Identifier))
        {
            Fail(new SyncItem.Failure("InvalidIdentifier", "The identifier is empty, too long or holds a NUL.")
            {
                Title = item.Title,
            });
            return;
        }

        var known = Find(item.Identifier);
        if (item.Version is not null && (known.QueuedVersion ?? (known.IsQueued ? null : known.SentVersion)) == item.Version
            && known.QueuedOperation is not ItemOperation.Delete)
        {
            See(item.Identifier, known);
            result.Skipped++;
            return;
        }

        var payload = ItemPayload.Format(item);
        if (payload?.Length > ItemPayload.CharactersMax)
        {
            Fail(new SyncItem.Failure("PayloadTooLarge", "The listed item is larger than the queue takes.")
            {
                Identifier = item.Identifier,
                Title = item.Title,
            });
            return;
        }

        if (scope.QueuedMax is { } most && result.Queued + scope.QueuedBefore >= most)
        {
            See(item.Identifier, known);
            result.Dropped++;
            return;
        }

        Know(item);
        Enqueue(item.Identifier, ItemOperation.Upsert, item, payload);
        result.Queued++;
        result.PendingUpserts += known.QueuedOperation == ItemOperation.Upsert ? 0 : 1;
    }

    private void TakeDelete(string identifier)
    {
        var known = Find(identifier);
        if (!known.IsKnown && !known.IsQueued)
        {
            return;
        }

        Enqueue(identifier, ItemOperation.Delete, item: null, payload: null);
        result.Deletes++;
        result.PendingUpserts -= known.QueuedOperation == ItemOperation.Upsert ? 1 : 0;
    }

    private void TakeDeletes(string condition, string? prefix)
    {
        var values = new
        {
            account = scope.Account, run = scope.Run, listing = scope.Listing, prefix, end = PrefixRange.End(prefix ?? ""),
        };
        result.Deletes += connection.Execute(
            $"""
            INSERT OR REPLACE INTO queue (account, identifier, operation, run, rank)
            SELECT account, identifier, 0, @run, 0 FROM ledger WHERE account = @account AND {condition}
            """,
            values);
        result.PendingUpsertsTotal = connection.ExecuteScalar<long>(
            "SELECT COUNT(*) FROM queue WHERE account = @account AND operation = 1", new { account = scope.Account });
        result.PendingUpserts = 0;
    }

    private void TakeCheckpoint(SyncItem.Checkpoint checkpoint)
    {
        connection.Execute(
            """
            UPDATE accounts SET cursor = @cursor,
                listing_state = CASE listing_state WHEN 1 THEN 2 ELSE listing_state END WHERE id = @account
            """,
            new { cursor = checkpoint.Cursor, account = scope.Account });
        result.Checkpoints++;
    }

    private void TakeFailure(SyncItem.Failure failure)
    {
        if (failure.Identifier is { } identifier)
        {
            result.Seen++;
            See(identifier, Find(identifier));
        }

        if (failure.Prefix is { Length: > 0 } prefix)
        {
            connection.Execute(
                """
                UPDATE ledger SET listing = @listing
                WHERE account = @account AND identifier >= @prefix AND identifier < @end
                """,
                new { listing = scope.Listing, account = scope.Account, prefix, end = PrefixRange.End(prefix) });
        }

        // A failure that names nothing may hide anything: this listing can no longer prove that an item is gone.
        result.Incomplete |= failure.Identifier is null && failure.Prefix is null;
        Fail(failure);
    }

    private void Fail(SyncItem.Failure failure)
    {
        result.Failed++;
        ErrorTable.Put(
            connection,
            scope.Account,
            new ErrorRow
            {
                Identifier = failure.Identifier ?? failure.Prefix ?? "",
                Title = failure.Title,
                Stage = "list",
                Code = failure.Code,
                Message = failure.Message,
                Attempts = 1,
                LastSeen = scope.Now,
                Retryable = true,
            },
            scope.ErrorsMax);
    }

    private void Prune(bool withoutCursor)
    {
        // A run that goes on from the cursor of a finished listing sees next to nothing: that proves nothing.
        var state = (ListingState)connection.ExecuteScalar<long>(
            "SELECT listing_state FROM accounts WHERE id = @account", new { account = scope.Account });
        if (scope.IsIncomplete || result.Incomplete || (state == ListingState.Closed && !withoutCursor))
        {
            return;
        }

        var counts = connection.QuerySingle<(long Total, long Unseen)>(
            """
            SELECT COUNT(*), COALESCE(SUM(listing <> @listing), 0) FROM ledger WHERE account = @account
            """,
            new { account = scope.Account, listing = scope.Listing });
        ErrorTable.ClearOldListing(connection, scope.Account, scope.Started);
        connection.Execute("UPDATE accounts SET listing_state = 0 WHERE id = @account", new { account = scope.Account });
        if (!scope.Force && counts.Unseen > scope.PruneItemsFree
            && counts.Unseen * 100 > counts.Total * scope.PrunePercentMax)
        {
            result.PruneBlocked = counts.Unseen;
            Fail(new SyncItem.Failure(
                "PruneBlocked",
                $"{counts.Unseen} of {counts.Total} items are missing at the source. Nothing was deleted; "
                + "update with force=1 if that is right."));
            return;
        }

        TakeDeletes("listing <> @listing", prefix: null);
    }

    private Known Find(string identifier)
    {
        var known = default(Known);
        _findLedger.Bind(1, scope.Account);
        _findLedger.BindText(2, identifier);
        if (_findLedger.Step())
        {
            known = known with { IsKnown = true, SentVersion = _findLedger.TextOrNull(0), Listing = _findLedger.Int64(1) };
        }

        _findLedger.Reset();
        _findQueued.Bind(1, scope.Account);
        _findQueued.BindText(2, identifier);
        if (_findQueued.Step())
        {
            known = known with
            {
                QueuedOperation = (ItemOperation)_findQueued.Int64(0), QueuedVersion = _findQueued.TextOrNull(1),
            };
        }

        _findQueued.Reset();
        return known;
    }

    private void See(string identifier, Known known)
    {
        if (known.IsKnown && known.Listing != scope.Listing)
        {
            _see.Bind(1, scope.Account);
            _see.BindText(2, identifier);
            _see.Bind(3, scope.Listing);
            _see.Execute();
        }
    }

    private void Know(SyncItem.Upsert item)
    {
        _know.Bind(1, scope.Account);
        _know.BindText(2, item.Identifier);
        _know.Bind(3, scope.Listing);
        _know.BindText(4, item.SourceId);
        _know.Execute();
    }

    private void Enqueue(string identifier, ItemOperation operation, SyncItem.Upsert? item, string? payload)
    {
        _queue.Bind(1, scope.Account);
        _queue.BindText(2, identifier);
        _queue.Bind(3, (long)operation);
        _queue.Bind(4, scope.Run);
        _queue.Bind(5, item?.Rank ?? 0);
        _queue.BindText(6, item?.Version);
        _queue.BindText(7, item?.Title);
        _queue.BindText(8, payload);
        _queue.Execute();
    }

    private static bool IsIdentifier(string identifier) =>
        identifier.Length is > 0 and <= IdentifierCharactersMax && !identifier.Contains('\0', StringComparison.Ordinal);

    private readonly record struct Known(
        bool IsKnown, string? SentVersion, long Listing, ItemOperation? QueuedOperation, string? QueuedVersion)
    {
        public bool IsQueued => QueuedOperation is not null;
    }
}
