namespace AnyFetch.Client;

/// <summary>How all matches of a search spread, whatever the page.</summary>
public sealed record Facets
{
    /// <summary>By type.</summary>
    public IReadOnlyList<DocumentType> DocumentTypes { get; init; } = [];

    /// <summary>By source.</summary>
    public IReadOnlyList<ConnectedProvider> Providers { get; init; } = [];

    /// <summary>By UTC month of creation, ascending, empty months left out.</summary>
    public IReadOnlyList<DateFacet> CreationDates { get; init; } = [];
}
