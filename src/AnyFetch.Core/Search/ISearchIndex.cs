using AnyFetch.Core.Companies;
using AnyFetch.Core.Feed;

namespace AnyFetch.Core.Search;

/// <summary>
/// The search indexes of all companies on this node, one apart for each. Derived from the feed: an index may be deleted
/// at any time and is built again.
/// </summary>
public interface ISearchIndex
{
    /// <summary>Searches one company. Never looks at another's data.</summary>
    ValueTask<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken);

    /// <summary>Finds the documents that are like one. Nothing that the viewer may not see counts for anything.</summary>
    ValueTask<SimilarResult> SimilarAsync(SimilarRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Applies changes of one company, in the feed's order, and remembers their last position. What was applied
    /// before is skipped. The changes can be found when this returns.
    /// </summary>
    ValueTask ApplyAsync(
        CompanyId company,
        IReadOnlyList<FeedEntry> entries,
        CancellationToken cancellationToken);

    /// <summary>How far a company's index has got in the feed of this name; the start when it must be built.</summary>
    ValueTask<FeedPosition> GetPositionAsync(CompanyId company, string feedName, CancellationToken cancellationToken);

    /// <summary>Throws a company's index away.</summary>
    ValueTask DeleteAsync(CompanyId company, CancellationToken cancellationToken);
}
