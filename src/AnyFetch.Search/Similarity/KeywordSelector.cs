using AnyFetch.Core.Search;
using AnyFetch.Search.Scoring;

namespace AnyFetch.Search.Similarity;

/// <summary>A term with what the index tells of it.</summary>
/// <param name="Term">The term.</param>
/// <param name="Visible">Other documents that have it and that the user may see.</param>
/// <param name="Seen">Documents that have it.</param>
internal readonly record struct WeighedTerm(SourceTerm Term, long Visible, long Seen)
{
    /// <summary>How much the term tells among so many documents.</summary>
    public float Significance(long documents) => Relevance.Significance(documents, Visible);
}

/// <summary>
/// Chooses the keywords: frequent in the document and rare elsewhere, but not so rare that nothing else has them.
/// </summary>
internal static class KeywordSelector
{
    /// <summary>In an index of this size and more, terms of a large part of the documents are no keywords.</summary>
    private const int CommonDocumentsMin = 20;

    /// <summary>A term that one in so many documents has is common.</summary>
    private const int CommonDivisor = 4;

    /// <summary>Terms that no other document has are taken up to this number of keywords: they describe, but find nothing.</summary>
    private const int LonelyKeywordsMax = 10;

    /// <summary>Documents that all keywords together may have, so that the search is quick whatever the document.</summary>
    private const long SeenMax = 60_000;

    /// <summary>The keywords, the most significant first.</summary>
    /// <param name="terms">The document's terms.</param>
    /// <param name="documents">How many other documents the user may see.</param>
    public static List<WeighedTerm> Select(IReadOnlyList<WeighedTerm> terms, long documents)
    {
        var best = terms.OrderByDescending(t => t.Term.Weight * t.Significance(documents)).ToList();
        var keywords = new List<WeighedTerm>(SimilarRequest.KeywordsMax);
        Take(best.Where(t => t.Visible > 0 && !IsCommon(t, documents)), keywords);
        if (keywords.Count == 0)
            Take(best.Where(t => t.Visible > 0), keywords);
        var lonely = LonelyKeywordsMax - keywords.Count;
        if (lonely > 0)
            keywords.AddRange(best.Where(t => t.Visible == 0).Take(lonely));
        return keywords;
    }

    private static void Take(IEnumerable<WeighedTerm> terms, List<WeighedTerm> keywords)
    {
        var seen = 0L;
        foreach (var term in terms)
        {
            if (keywords.Count == SimilarRequest.KeywordsMax)
                return;

            // The first keyword is taken whatever it costs, or a document of common words would be like none.
            if (keywords.Count > 0 && seen + term.Seen > SeenMax)
                continue;
            seen += term.Seen;
            keywords.Add(term);
        }
    }

    private static bool IsCommon(WeighedTerm term, long documents) =>
        documents >= CommonDocumentsMin && term.Visible > documents / CommonDivisor;
}
