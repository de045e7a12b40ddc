using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Running;

/// <summary>What a run has done so far; written by its tasks, read by whoever watches.</summary>
internal sealed class RunCounters
{
    private long _seen;
    private long _sent;
    private long _moved;
    private long _skipped;
    private long _excluded;
    private long _deleted;
    private long _failed;
    private long _bytes;
    private long _pendingUpserts;
    private long _expectedItems;

    public volatile string Phase = "listing";

    public long Seen => Interlocked.Read(ref _seen);

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Those of <see cref="Sent"/> that only took another place.</summary>
    public long Moved => Interlocked.Read(ref _moved);

    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Files and folders that were left out as junk.</summary>
    public long Excluded => Interlocked.Read(ref _excluded);

    public long Deleted => Interlocked.Read(ref _deleted);

    public long Failed => Interlocked.Read(ref _failed);

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Additions that wait in the durable queue.</summary>
    public long PendingUpserts => Interlocked.Read(ref _pendingUpserts);

    public long ExpectedItems => Interlocked.Read(ref _expectedItems);

    public long? PruneBlocked { get; private set; }

    public bool Pruned { get; private set; }

    public void Take(IntakeResult result)
    {
        Interlocked.Add(ref _seen, result.Seen);
        Interlocked.Add(ref _skipped, result.Skipped + result.Dropped);
        Interlocked.Add(ref _failed, result.Failed);
        PruneBlocked = result.PruneBlocked ?? PruneBlocked;
        Pruned |= result.Pruned;
        if (result.ExpectedItems is { } expected)
        {
            Interlocked.Exchange(ref _expectedItems, expected);
        }

        if (result.PendingUpsertsTotal is { } total)
        {
            Interlocked.Exchange(ref _pendingUpserts, total);
        }

        Interlocked.Add(ref _pendingUpserts, result.PendingUpserts);
    }

    public void StartWith(long pendingUpserts) => Interlocked.Exchange(ref _pendingUpserts, pendingUpserts);

    public void CountSent(long bytes, bool isMove)
    {
        Interlocked.Add(ref _moved, isMove ? 1 : 0);
        Interlocked.Increment(ref _sent);
        Interlocked.Add(ref _bytes, bytes);
        Interlocked.Decrement(ref _pendingUpserts);
    }

    public void CountSkipped()
    {
        Interlocked.Increment(ref _skipped);
        Interlocked.Decrement(ref _pendingUpserts);
    }

    public void CountExcluded() => Interlocked.Increment(ref _excluded);

    public void CountDeleted() => Interlocked.Increment(ref _deleted);

    public void CountFailed(ItemOperation operation)
    {
        Interlocked.Increment(ref _failed);
        Interlocked.Add(ref _pendingUpserts, operation == ItemOperation.Upsert ? -1 : 0);
    }
}
