using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;

namespace AnyFetch.Core.Search;

/// <summary>The answer to a search, or why the query cannot be understood.</summary>
public sealed record SearchResult
{
    /// <summary>Set when the query is malformed; everything else is empty then.</summary>
    public string? QueryError { get; init; }

    /// <summary>The page.</summary>
    public IReadOnlyList<SearchHit> Hits { get; init; } = [];

    /// <summary>All matches, exactly.</summary>
    public long Count { get; init; }

    /// <summary>The best score among all matches; null without a match.</summary>
    public float? MaxScore { get; init; }

    public SearchFacets Facets { get; init; } = SearchFacets.Empty;

    /// <summary>A result that says what is wrong with the query.</summary>
    public static SearchResult Malformed(string reason) => new() { QueryError = reason };
}

/// <summary>One match.</summary>
public readonly record struct SearchHit(DocumentId Id, float Score);

/// <summary>Counts over all matches, whatever the page (search-and-projection §1.6).</summary>
/// <param name="Types">Descending by count.</param>
/// <param name="Providers">Descending by count.</param>
/// <param name="Months">First instant of each UTC month of the creation date that has a match, ascending.</param>
public sealed record SearchFacets(
    IReadOnlyList<Facet<DocumentTypeId>> Types,
    IReadOnlyList<Facet<AccessTokenId>> Providers,
    IReadOnlyList<Facet<DateTimeOffset>> Months)
{
    public static SearchFacets Empty { get; } = new([], [], []);
}

/// <summary>How many matches have a value, and when the latest of them was modified.</summary>
public readonly record struct Facet<T>(T Value, long Count, DateTimeOffset LatestModification);
