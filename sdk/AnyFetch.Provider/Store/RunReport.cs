namespace AnyFetch.Provider.Store;

/// <summary>One run: what it did and how it ended.</summary>
internal sealed record RunReport
{
    public long Id { get; init; }

    public required string Reason { get; init; }

    public required string Mode { get; init; }

    /// <summary><c>running</c>, <c>succeeded</c>, <c>failed</c>, <c>canceled</c>, <c>interrupted</c> or <c>refresh_required</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary><c>listing</c>, <c>sending</c>, <c>pruning</c> or <c>done</c>.</summary>
    public required string Phase { get; init; }

    public required DateTimeOffset Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public long Seen { get; init; }

    public long Sent { get; init; }

    /// <summary>Those of <see cref="Sent"/> that only took another place.</summary>
    public long Moved { get; init; }

    public long Skipped { get; init; }

    /// <summary>What the listing left out because the company takes it for junk: files, and folders with all that is in them.</summary>
    public long Excluded { get; init; }

    public long Deleted { get; init; }

    public long Failed { get; init; }

    public long Backlog { get; init; }

    public long Bytes { get; init; }

    public long? PruneBlocked { get; init; }

    /// <summary>Whether a complete listing deleted what it did not find.</summary>
    public bool Pruned { get; init; }

    public string? Error { get; init; }

    /// <summary>Up to 100 identifiers that a dry run would have sent.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];
}
