using AnyFetch.Sqlite;

namespace AnyFetch.Provider.Store;

/// <summary>What ledger and queue know of an identifier.</summary>
internal readonly record struct KnownItem(
    bool IsKnown, string? SentVersion, long Listing, string? SentContent, string? SourceId,
    ItemOperation? QueuedOperation, string? QueuedVersion)
{
    public bool IsQueued => QueuedOperation is not null;
}

/// <summary>The rows that taking in a listing reads and writes, by statements that are prepared once per batch.</summary>
internal sealed class IntakeRows(SqliteConnection connection, IntakeScope scope) : IDisposable
{
    private readonly SqliteStatement _findLedger = connection.Prepare(
        "SELECT version, listing, content, source_id FROM ledger WHERE account = ?1 AND identifier = ?2");

    private readonly SqliteStatement _findQueued = connection.Prepare(
        "SELECT operation, version FROM queue WHERE account = ?1 AND identifier = ?2");

    private readonly SqliteStatement _findMoved = connection.Prepare(
        """
        SELECT identifier FROM ledger
        WHERE account = ?1 AND source_id = ?2 AND identifier <> ?3 AND content = ?4 AND NOT EXISTS (
            SELECT 1 FROM queue WHERE queue.account = ?1 AND queue.operation = 1
                AND (queue.identifier = ledger.identifier OR queue.patch_of = ledger.identifier))
        LIMIT 1
        """);

    private readonly SqliteStatement _see = connection.Prepare(
        "UPDATE ledger SET listing = ?3 WHERE account = ?1 AND identifier = ?2");

    private readonly SqliteStatement _know = connection.Prepare(
        """
        INSERT INTO ledger (account, identifier, source_id, listing) VALUES (?1, ?2, ?4, ?3)
        ON CONFLICT (account, identifier) DO UPDATE SET listing = excluded.listing, source_id = excluded.source_id,
            content = CASE WHEN ledger.source_id IS excluded.source_id THEN ledger.content END
        """);

    private readonly SqliteStatement _doubt = connection.Prepare(
        "UPDATE ledger SET version = NULL WHERE account = ?1 AND identifier = ?2");

    private readonly SqliteStatement _queue = connection.Prepare(
        """
        INSERT OR REPLACE INTO queue
            (account, identifier, operation, run, rank, version, title, payload, content, patch_of, is_complete)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """);

    public void Dispose()
    {
        _findLedger.Dispose();
        _findQueued.Dispose();
        _findMoved.Dispose();
        _see.Dispose();
        _know.Dispose();
        _doubt.Dispose();
        _queue.Dispose();
    }

    public KnownItem Find(string identifier)
    {
        var known = default(KnownItem);
        _findLedger.Bind(1, scope.Account);
        _findLedger.BindText(2, identifier);
        if (_findLedger.Step())
        {
            known = known with
            {
                IsKnown = true,
                SentVersion = _findLedger.TextOrNull(0),
                Listing = _findLedger.Int64(1),
                SentContent = _findLedger.TextOrNull(2),
                SourceId = _findLedger.TextOrNull(3),
            };
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

    /// <summary>
    /// The identifier of the document that holds an item's content already: its own, or, for an item that is new under its
    /// identifier, the one that it was known by before it was moved. Null when the file must be sent.
    /// </summary>
    public string? FindContent(SyncItem.Upsert item, in KnownItem known)
    {
        if (item.ContentVersion is null || known.IsQueued)
        {
            return null;
        }

        if (known.IsKnown)
        {
            return known.SentContent == item.ContentVersion && known.SourceId == item.SourceId ? item.Identifier : null;
        }

        if (item.SourceId is null)
        {
            return null;
        }

        _findMoved.Bind(1, scope.Account);
        _findMoved.BindText(2, item.SourceId);
        _findMoved.BindText(3, item.Identifier);
        _findMoved.BindText(4, item.ContentVersion);
        var moved = _findMoved.Step() ? _findMoved.TextOrNull(0) : null;
        _findMoved.Reset();
        return moved;
    }

    public void See(string identifier, in KnownItem known)
    {
        if (known.IsKnown && known.Listing != scope.Listing)
        {
            _see.Bind(1, scope.Account);
            _see.BindText(2, identifier);
            _see.Bind(3, scope.Listing);
            _see.Execute();
        }
    }

    public void Know(SyncItem.Upsert item)
    {
        _know.Bind(1, scope.Account);
        _know.BindText(2, item.Identifier);
        _know.Bind(3, scope.Listing);
        _know.BindText(4, item.SourceId);
        _know.Execute();
    }

    /// <summary>
    /// From now on nobody knows whether the core has the document at its old place: the move may be done there and its answer
    /// lost. An item that comes back to that place is therefore sent, whatever was sent before.
    /// </summary>
    public void Doubt(string movedFrom)
    {
        _doubt.Bind(1, scope.Account);
        _doubt.BindText(2, movedFrom);
        _doubt.Execute();
    }

    public void Enqueue(
        string identifier, ItemOperation operation, SyncItem.Upsert? item, string? payload, string? patchOf)
    {
        _queue.Bind(1, scope.Account);
        _queue.BindText(2, identifier);
        _queue.Bind(3, (long)operation);
        _queue.Bind(4, scope.Run);
        _queue.Bind(5, item?.Rank ?? 0);
        _queue.BindText(6, item?.Version);
        _queue.BindText(7, item?.Title);
        _queue.BindText(8, payload);
        _queue.BindText(9, item?.ContentVersion);
        _queue.BindText(10, patchOf);
        _queue.Bind(11, item?.IsComplete == true ? 1 : 0);
        _queue.Execute();
    }
}
