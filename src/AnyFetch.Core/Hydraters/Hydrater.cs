using AnyFetch.Core.Companies;

namespace AnyFetch.Core.Hydraters;

/// <summary>The registration of a hydrater (hydration.md §1).</summary>
public sealed record Hydrater
{
    public required HydraterId Id { get; init; }

    /// <summary>Its <c>/hydrate</c> endpoint: its identity everywhere.</summary>
    public required string Url { get; init; }

    public required string ShortName { get; init; }

    public required string Description { get; init; }

    /// <summary>A JSON array of constraint objects, any of which must hold (hydration.md §2).</summary>
    public required string Filters { get; init; }

    /// <summary>Above 0 runs first, below 0 last.</summary>
    public int Priority { get; init; }

    /// <summary>URLs of hydraters that skip the round when this one matches.</summary>
    public IReadOnlyList<string> Excludes { get; init; } = [];

    /// <summary>
    /// Keys of the document, such as <c>metadata</c> or <c>metadata.startDate</c>, whose change lets it run again when it is
    /// done (hydration.md §6).
    /// </summary>
    public IReadOnlyList<string> RerunOn { get; init; } = [];

    /// <summary>Null for the built-in ones; else usable by this company and its descendants.</summary>
    public CompanyId? Owner { get; init; }

    /// <summary>Accepted and kept for old clients; has no meaning. JSON text or null.</summary>
    public string? RequiredData { get; init; }
}
