using AnyFetch.Core.Companies;

namespace AnyFetch.Core.Hydration;

/// <summary>Hydrates a company's documents again, many at once, behind everybody's daily work (hydration.md §10).</summary>
public interface IBulkHydration
{
    /// <summary>
    /// Begins a run over the documents that the company has now. One run of a company at a time.
    /// </summary>
    /// <param name="company">Whose documents.</param>
    /// <param name="filters">A JSON array of constraint objects (hydration.md §2) that choose documents; null for all.</param>
    /// <param name="urls">The hydraters that run again; null for all of the company's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<BulkHydrationStart> StartAsync(
        CompanyId company,
        string? filters,
        IReadOnlyList<string>? urls,
        CancellationToken cancellationToken);

    /// <summary>How far the company's last run has come; null when there was none.</summary>
    ValueTask<BulkHydration?> FindAsync(CompanyId company, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the run before its end. Documents that it began are hydrated to their end. False when none is at work.
    /// </summary>
    ValueTask<bool> CancelAsync(CompanyId company, CancellationToken cancellationToken);
}

/// <summary>What became of the wish to begin a run.</summary>
/// <param name="Run">The run, when it began.</param>
/// <param name="Fault">Why it did not; null when it did.</param>
public readonly record struct BulkHydrationStart(BulkHydration? Run, BulkHydrationFault? Fault);

/// <summary>Why a run did not begin.</summary>
public enum BulkHydrationFault
{
    /// <summary>Another one of the company is at work.</summary>
    IsRunning,

    /// <summary>A named hydrater is not one of the company's.</summary>
    UnknownHydrater,

    /// <summary>The filters are not valid.</summary>
    InvalidFilters,
}

/// <summary>One run over a company's documents.</summary>
public sealed record BulkHydration
{
    /// <summary>Names the run.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required BulkHydrationState State { get; init; }

    /// <summary>Documents that were looked at.</summary>
    public long Looked { get; init; }

    /// <summary>Documents whose hydration began again.</summary>
    public long Started { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last document was looked at, or when it was cancelled; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Where a run stands.</summary>
public enum BulkHydrationState
{
    Running,
    Done,
    Cancelled,
}
