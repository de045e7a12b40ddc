using AnyFetch.Core.Documents;

namespace AnyFetch.Core.Search;

/// <summary>Asks for the documents that are like one (search-and-projection §1.7).</summary>
/// <param name="Source">
/// The document that the others are compared with; the caller has checked that the viewer may see it. It is never among
/// the hits, and need not be in the index.
/// </param>
/// <param name="Within">
/// Who asks, the page, and what else the documents must satisfy: its query and its filters narrow the result without
/// changing the scores. Its sort is ignored: the most alike come first.
/// </param>
public sealed record SimilarRequest(Document Source, SearchRequest Within)
{
    /// <summary>Most keywords that are looked for.</summary>
    public const int KeywordsMax = 25;
}
