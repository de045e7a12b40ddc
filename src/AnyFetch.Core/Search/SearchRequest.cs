using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Users;

namespace AnyFetch.Core.Search;

/// <summary>A search in one company by one user (api.md §5 "search"). Filters are AND-ed, values of one OR-ed.</summary>
public sealed record SearchRequest
{
    /// <summary>Largest page.</summary>
    public const int LimitMax = 1000;

    /// <summary>Page size when the caller says nothing.</summary>
    public const int LimitDefault = 20;

    /// <summary>Longest query, in characters.</summary>
    public const int QueryCharsMax = 4096;

    public required CompanyId Company { get; init; }

    /// <summary>Only documents that this user may see are found, counted and ranked.</summary>
    public required UserId Viewer { get; init; }

    /// <summary>The query in the language of search-and-projection §1.2. Null or blank: everything matches, score 1.</summary>
    public string? Query { get; init; }

    /// <summary>True: all terms are required; false: any, the more the better.</summary>
    public bool IsStrict { get; init; } = true;

    /// <summary>Inclusive lower bound of the creation date.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Exclusive upper bound of the creation date.</summary>
    public DateTimeOffset? Before { get; init; }

    public IReadOnlyList<DocumentId>? Ids { get; init; }

    public IReadOnlyList<DocumentTypeId>? Types { get; init; }

    public IReadOnlyList<AccessTokenId>? Providers { get; init; }

    /// <summary><c>@key=query</c>: the query language over one metadata key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> KeyQueries { get; init; } = [];

    /// <summary><c>has_key</c>: true asks for documents with the key, false for documents without it.</summary>
    public IReadOnlyList<KeyValuePair<string, bool>> HasKeys { get; init; } = [];

    /// <summary>
    /// <c>_key=value</c>: documents that come into question for holding exactly this value in one metadata key. All that
    /// do are found, and some that nearly do: whoever asks compares the stored values (api.md §8, 15).
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> ExactKeys { get; init; } = [];

    /// <summary>
    /// True when nobody looks at count, best score and facets: then they may tell of less than all matches, and what cannot
    /// come on the page is passed over.
    /// </summary>
    public bool IsPageOnly { get; init; }

    /// <summary>Offset of the first hit.</summary>
    public int Start { get; init; }

    /// <summary>Number of hits, 0 to <see cref="LimitMax"/>.</summary>
    public int Limit { get; init; } = LimitDefault;

    public SearchSort Sort { get; init; } = SearchSort.Score;

    /// <summary>Reverses <see cref="Sort"/>, which is best first for the score and oldest first for dates.</summary>
    public bool IsReversed { get; init; }
}

/// <summary>The order of hits. Ties go by id, descending.</summary>
public enum SearchSort
{
    Score,
    CreationDate,
    ModificationDate,
}
