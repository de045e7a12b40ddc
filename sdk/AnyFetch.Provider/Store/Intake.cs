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

    private readonly IntakeRows _rows = new(connection, scope);

    public static IntakeResult Apply(SqliteConnection connection, IntakeScope scope, IReadOnlyList<SyncItem> items)
    {
        var result = new IntakeResult();
        using var intake = new Intake(connection, scope, result);
        foreach (var item in items)
        {
            intake.Take(item);
        }

        result.LastSequence = connection.ExecuteScalar<long>("SELECT seq FROM sqlite_sequence WHERE name = 'queue'");
        return result;
    }

    public void Dispose() => _rows.Dispose();

    private void Take(SyncItem item)
    {
        switch (item)
        {
            case SyncItem.Upsert upsert when scope.PermissionsOnly:
                TakeAccess(upsert);
                break;
            case not SyncItem.Progress when scope.PermissionsOnly:
                break;
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

        var known = _rows.Find(item.Identifier);
        if (IsUnchanged(item, known))
        {
            _rows.See(item.Identifier, known);
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
            _rows.See(item.Identifier, known);
            result.Dropped++;
            return;
        }

        var patchOf = _rows.FindContent(item, known);
        _rows.Know(item);
        _rows.Enqueue(item.Identifier, ItemOperation.Upsert, item, payload, patchOf);
        if (patchOf is not null && patchOf != item.Identifier)
        {
            _rows.Doubt(patchOf);
        }

        result.Queued++;
        result.PendingUpserts += known.QueuedOperation == ItemOperation.Upsert ? 0 : 1;
    }

    // An item that waits to be sent anyway takes its readers along; one that was never sent has none to change.
    private void TakeAccess(SyncItem.Upsert item)
    {
        result.Seen++;
        var known = _rows.Find(item.Identifier);
        var payload = ItemPayload.Format(item);
        if (!known.IsKnown || known.IsQueued || payload?.Length > ItemPayload.CharactersMax)
        {
            result.Skipped++;
            return;
        }

        _rows.Enqueue(
            item.Identifier, ItemOperation.Upsert, item with { Version = null, ContentVersion = null }, payload,
            patchOf: item.Identifier);
        result.Queued++;
        result.PendingUpserts++;
    }

    // Another item at the same place is a change, whatever its version says.
    private static bool IsUnchanged(SyncItem.Upsert item, in KnownItem known) =>
        item.Version is not null
        && known.QueuedOperation is not ItemOperation.Delete
        && (known.QueuedVersion ?? (known.IsQueued ? null : known.SentVersion)) == item.Version
        && known.SourceId == item.SourceId;

    private void TakeDelete(string identifier)
    {
        var known = _rows.Find(identifier);
        if (!known.IsKnown && !known.IsQueued)
        {
            return;
        }

        _rows.Enqueue(identifier, ItemOperation.Delete, item: null, payload: null, patchOf: null);
        result.Deletes++;
        result.PendingUpserts -= known.QueuedOperation == ItemOperation.Upsert ? 1 : 0;
    }

    private void TakeDeletes(string condition, string? prefix)
    {
        var values = new
        {
            account = scope.Account, run = scope.Run, listing = scope.Listing, prefix, end = PrefixRange.End(prefix ?? ""),
        };
        var deletes = connection.Execute(
            $"""
            INSERT OR REPLACE INTO queue (account, identifier, operation, run, rank)
            SELECT account, identifier, 0, @run, 0 FROM ledger WHERE account = @account AND {condition}
            """,
            values);
        if (deletes == 0)
        {
            return;
        }

        result.Deletes += deletes;
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
            _rows.See(identifier, _rows.Find(identifier));
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

        if (failure is { Identifier: null, Prefix: null })
        {
            // It may hide anything: this listing can no longer prove that an item is gone, however it goes on.
            result.Incomplete = true;
            connection.Execute("UPDATE accounts SET listing_state = 0 WHERE id = @account", new { account = scope.Account });
        }

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
            SELECT COUNT(*), COALESCE(SUM(listing <> @listing AND NOT EXISTS (
                SELECT 1 FROM queue WHERE queue.account = @account AND queue.patch_of = ledger.identifier)), 0)
            FROM ledger WHERE account = @account
            """,
            new { account = scope.Account, listing = scope.Listing });
        ErrorTable.ClearOldListing(connection, scope.Account, scope.Started);
        long? blocked = !scope.Force && IsSuspicious(counts.Total, counts.Unseen, withoutCursor) ? counts.Unseen : null;
        connection.Execute(
            "UPDATE accounts SET listing_state = 0, prune_blocked = @blocked WHERE id = @account",
            new { account = scope.Account, blocked });
        if (blocked is not null)
        {
            result.PruneBlocked = blocked;
            Fail(new SyncItem.Failure(
                "PruneBlocked",
                $"{counts.Unseen} of {counts.Total} items are missing at the source. Nothing was deleted; "
                + "update with force=1 if that is right."));
            return;
        }

        TakeDeletes("listing <> @listing", prefix: null);
        result.Pruned = true;
    }

    // However few there are: a source with pages that shows nothing at all is rather broken than empty. Where the walk is the
    // truth (a directory), the last file may go like any other.
    private bool IsSuspicious(long total, long unseen, bool withoutCursor) =>
        (unseen > scope.PruneItemsFree && unseen * 100 > total * scope.PrunePercentMax)
        || (!withoutCursor && unseen > 0 && unseen == total);

    private static bool IsIdentifier(string identifier) =>
        identifier.Length is > 0 and <= IdentifierCharactersMax && !identifier.Contains('\0', StringComparison.Ordinal);
}
