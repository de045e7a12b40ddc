using System.Text.Json;

namespace AnyFetch.Client;

/// <summary>The registration of a hydrater (hydration.md section 1).</summary>
public sealed record HydraterDraft
{
    /// <summary>Its <c>/hydrate</c> endpoint: its identity everywhere.</summary>
    public required string Url { get; init; }

    /// <summary>The name in lists.</summary>
    public required string ShortName { get; init; }

    /// <summary>One sentence for administrators.</summary>
    public required string Description { get; init; }

    /// <summary>Constraint objects of which one must match; none matches nothing.</summary>
    public IReadOnlyList<JsonElement> Filters { get; init; } = [];

    /// <summary>Above 0 runs before, below 0 after the normal ones. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>URLs of hydraters that must not run when this one does.</summary>
    public IReadOnlyList<string> Excludes { get; init; } = [];

    /// <summary>Keys such as <c>metadata.startDate</c> whose change lets it run again on a document that it was done with.</summary>
    public IReadOnlyList<string> RerunOn { get; init; } = [];
}
