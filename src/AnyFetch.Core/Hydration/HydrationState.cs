using AnyFetch.Core.DocumentTypes;

namespace AnyFetch.Core.Hydration;

/// <summary>
/// How far a document's hydration has come (hydration.md §3, §6). A generation begins with each new file; the runs are
/// those of the current generation.
/// </summary>
public sealed record HydrationState
{
    /// <summary>Nothing has been dispatched yet.</summary>
    public static HydrationState Untouched { get; } = new();

    /// <summary>Counts the files that the document has had; callbacks of an older one come too late.</summary>
    public int Generation { get; init; }

    /// <summary>Dispatch rounds of this generation, bounded.</summary>
    public int Rounds { get; init; }

    /// <summary>The hydraters that were dispatched in this generation, in the order of their dispatch.</summary>
    public IReadOnlyList<HydraterRun> Runs { get; init; } = [];

    /// <summary>When the last hydrater finished, null before.</summary>
    public DateTimeOffset? LastHydration { get; init; }

    /// <summary>The URL of the hydrater that failed last, null once it succeeded.</summary>
    public string? ErroredBy { get; init; }

    /// <summary>What <see cref="ErroredBy"/> said.</summary>
    public string? Error { get; init; }

    /// <summary>
    /// True after a provider sent the document again with other fields: hydraters that need no file run again.
    /// </summary>
    public bool IsReposted { get; init; }

    /// <summary>
    /// While hydraters are at work: a digest of what the document said when the engine last judged it. Another content
    /// means that a client changed it, which alone may dispatch more before all are back (hydration.md §4).
    /// </summary>
    public string? SeenContent { get; init; }

    /// <summary>
    /// The type that the document had before a hydrater gave it another; null when none did, or when a client chose the
    /// type since. A new file starts from it again: what the old file was found to be says nothing about the new one.
    /// </summary>
    public DocumentTypeId? TypeBefore { get; init; }

    /// <summary>
    /// While hydraters are at work: what clients changed meanwhile, such as <c>metadata.title</c> or <c>document_type</c>.
    /// </summary>
    public IReadOnlyList<string> ClientKeys { get; init; } = [];

    /// <summary>
    /// The run over many documents that began this generation; null for any other beginning. Its jobs stand behind others.
    /// </summary>
    public string? BulkRun { get; init; }

    /// <summary>True while the generation is one of a run over many documents.</summary>
    public bool IsBulk => BulkRun is not null;

    /// <summary>URLs dispatched and not yet back.</summary>
    public IEnumerable<string> Hydrating => Runs.Where(r => r.State == HydraterRunState.Hydrating).Select(r => r.Url);

    /// <summary>URLs that finished without error, in the order of their completion.</summary>
    public IEnumerable<string> HydratedBy =>
        Runs.Where(r => r.State == HydraterRunState.Done).OrderBy(r => r.EndedAt).Select(r => r.Url);

    /// <summary>True while some hydrater is at work.</summary>
    public bool IsHydrating => Runs.Any(r => r.State == HydraterRunState.Hydrating);

    /// <summary>The state in which a new file starts.</summary>
    public HydrationState NextGeneration() => new() { Generation = Generation + 1, LastHydration = LastHydration };
}

/// <summary>One hydrater's work on one generation of a document.</summary>
public sealed record HydraterRun(string Url, HydraterRunState State, DateTimeOffset DispatchedAt)
{
    /// <summary>When it came back, failed or ran out of time.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many times it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// For a hydrater that runs again when certain keys change: a digest of what they held when it had read them.
    /// </summary>
    public string? ReadKeys { get; init; }

    /// <summary>Why it failed, at most 2,000 characters.</summary>
    public string? Error { get; init; }
}

/// <summary>Where a hydrater's run stands.</summary>
public enum HydraterRunState
{
    Hydrating,
    Done,
    Errored,
}
