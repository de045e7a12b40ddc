using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydrater;

/// <summary>
/// What the core has to know to offer documents to a hydrater, and what a host has to know to run it
/// (hydration.md §1 and §9). Names of other hydraters are short names or absolute URLs; short names are
/// resolved by the host that registers the hydrater, see <see cref="HydraterRegistration"/>.
/// </summary>
public sealed record HydraterDescriptor
{
    /// <summary>The name used in paths and lists: lower-case letters, digits and dashes, 1 to 64 characters.</summary>
    public required string ShortName { get; init; }

    /// <summary>One sentence for administrators.</summary>
    public required string Description { get; init; }

    /// <summary>Any one matching is enough. An empty list matches nothing; <see cref="HydraterFilter.All"/> matches all.</summary>
    public IReadOnlyList<HydraterFilter> Filters { get; init; } = [];

    /// <summary>
    /// Filters instead of <see cref="Filters"/> for a company whose settings call for others, or null. Only a server that runs the
    /// hydrater inside itself asks; one elsewhere is registered once for all companies.
    /// </summary>
    public Func<CompanySettings, IReadOnlyList<HydraterFilter>?> CompanyFilters { get; init; } = static _ => null;

    /// <summary>Above 0 runs before, below 0 after the normal ones; equal values run together. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>Hydraters that must not run when this one does, as short names or absolute URLs.</summary>
    public IReadOnlyList<string> Excludes { get; init; } = [];

    /// <summary>Whether the document's file is fetched before the hydrater is called. Default true.</summary>
    public bool NeedsFile { get; init; } = true;

    /// <summary>Document keys, such as <c>metadata.startDate</c>, whose change makes a finished hydrater run again.</summary>
    public IReadOnlyList<string> RerunOn { get; init; } = [];

    /// <summary>
    /// Wall time of one task in seconds, without that in which its tools stand still because others want the processors; then it
    /// ends with "Task took too long.". Default 60.
    /// </summary>
    public double TimeoutSeconds { get; init; } = 60;

    /// <summary>Tasks that one host runs at the same time. Default 1.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>
    /// Whether the hydrater reads untrusted content by itself, so that hosts that can run it in a worker process (hydration.md §10).
    /// False for hydraters that only run native tools, which are isolated anyway, or only look at a document's fields. Default true.
    /// </summary>
    public bool NeedsIsolation { get; init; } = true;

    /// <summary>
    /// Content types, told by the first bytes of a file, of which the hydrater reads nothing but what a native tool prints: such a file
    /// needs no worker process, since its tool is isolated anyway. Default none.
    /// </summary>
    public IReadOnlyList<string> ToolContentTypes { get; init; } = [];

    /// <summary>
    /// Whether the hydrater works in the background, because nobody waits for what it does (pages drawn for display) or because it takes
    /// seconds a document (recognising print): the server runs it when the others have nothing to do, and after some seconds anyway.
    /// Default false.
    /// </summary>
    public bool IsBackground { get; init; }

    /// <summary>
    /// Says why the hydrater cannot work on this machine (a missing native tool), or null when it can. It is asked
    /// at start and for every status request, so it has to be quick.
    /// </summary>
    public Func<string?> Unavailable { get; init; } = static () => null;

    /// <summary>The path of the <c>hydrate</c> endpoint below the installation's base, <c>/hydraters/{short name}/hydrate</c>.</summary>
    public string HydratePath => $"/hydraters/{ShortName}/hydrate";
}
