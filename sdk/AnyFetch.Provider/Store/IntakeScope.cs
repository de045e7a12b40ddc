namespace AnyFetch.Provider.Store;

/// <summary>Whose items a batch holds, and by which rules it is taken in.</summary>
internal sealed record IntakeScope
{
    public required long Account { get; init; }

    public required long Run { get; init; }

    public required long Listing { get; init; }

    public required long Now { get; init; }

    /// <summary>When the listing began.</summary>
    public required long Started { get; init; }

    public required bool Force { get; init; }

    /// <summary>Only who may see the known documents counts: the ledger, the cursor and deletions are left alone.</summary>
    public bool PermissionsOnly { get; init; }

    public required int PrunePercentMax { get; init; }

    public required int PruneItemsFree { get; init; }

    public required int ErrorsMax { get; init; }

    /// <summary>Additions over this number are dropped; null keeps all.</summary>
    public long? QueuedMax { get; init; }

    public long QueuedBefore { get; init; }

    /// <summary>Whether an earlier part of the listing failed in a way that forbids pruning.</summary>
    public bool IsIncomplete { get; init; }
}
