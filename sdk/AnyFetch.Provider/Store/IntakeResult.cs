namespace AnyFetch.Provider.Store;

/// <summary>What a batch came to.</summary>
internal sealed class IntakeResult
{
    public long Seen { get; set; }

    public long Queued { get; set; }

    public long Skipped { get; set; }

    public long Dropped { get; set; }

    public long Deletes { get; set; }

    public long Failed { get; set; }

    public int Checkpoints { get; set; }

    /// <summary>The last place in the queue that was given out.</summary>
    public long LastSequence { get; set; }

    public bool Incomplete { get; set; }

    public long? PruneBlocked { get; set; }

    public bool Pruned { get; set; }

    public long? ExpectedItems { get; set; }

    /// <summary>By how much the waiting additions grew, since <see cref="PendingUpsertsTotal"/> when that is set.</summary>
    public long PendingUpserts { get; set; }

    /// <summary>The waiting additions counted anew; null when they were not.</summary>
    public long? PendingUpsertsTotal { get; set; }
}
