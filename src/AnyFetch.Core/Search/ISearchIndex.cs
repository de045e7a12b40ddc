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
    /// False when no document of the company, whoever may see it, holds a value in a metadata key that is compared exactly
    /// (such as <c>hash</c>), as far as the index has got. Quick: it looks the value up and reads no document.
    /// </summary>
    ValueTask<bool> MayHoldAsync(CompanyId company, string key, string value, CancellationToken cancellationToken);

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

    /// <summary>Tells what a company's index on this node consists of; opens it when it is closed.</summary>
    ValueTask<SearchIndexState> DescribeAsync(CompanyId company, CancellationToken cancellationToken);

    /// <summary>Throws a company's index away.</summary>
    ValueTask DeleteAsync(CompanyId company, CancellationToken cancellationToken);
}
