using System.Text;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Search;
using AnyFetch.Search.Execution;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Mapping;

namespace AnyFetch.Search.Similarity;

/// <summary>
/// Finds documents like another one (search-and-projection §1.7): its keywords are chosen by what the index tells of
/// its terms, and whatever has one of them is found. Frequencies are those among the documents that the user may see,
/// so hidden ones have no say in what the keywords are.
/// </summary>
internal sealed class SimilarSearcher(IndexSnapshot snapshot, int expansionsMax, CancellationToken cancellationToken)
{
    private readonly TermFinder _finder = new(snapshot, cancellationToken);
    private readonly IndexSearcher _searcher = new(snapshot, expansionsMax, cancellationToken);

    public SimilarResult Search(SimilarRequest request, IReadOnlyList<SourceTerm> terms, Mappings mappings)
    {
        var within = request.Within with { Sort = SearchSort.Score, IsReversed = false };
        var source = Source(request.Source.Id);
        var (scope, error) = _searcher.ScopeByQuery(within, mappings, source);
        if (scope is null)
            return new SimilarResult([], SearchResult.Malformed(error!));
        var visible = new VisibleDocuments(snapshot, within.Viewer, request.Source.Id);
        var found = new List<(WeighedTerm Weighed, FoundTerm Found)>();
        foreach (var term in terms)
        {
            var places = _finder.Find([.. term.Terms.Select(Encoding.UTF8.GetBytes)]);
            found.Add((new WeighedTerm(term, visible.Count(places), places.Count), places));
        }

        var keywords = KeywordSelector.Select(found.ConvertAll(f => f.Weighed), visible.Total);
        var nodes = found.Where(f => f.Weighed.Visible > 0 && keywords.Contains(f.Weighed))
            .Select(f => f.Found.Node(f.Weighed.Significance(visible.Total))).ToArray();
        return new SimilarResult(
            [.. keywords.Select(k => k.Term.Text)], _searcher.Run(within, scope, new SomeNode(nodes)));
    }

    /// <summary>The row of the source, which is never among the hits.</summary>
    private ListNode? Source(DocumentId id)
    {
        var (segment, row) = snapshot.Find(id);
        if (row < 0)
            return null;
        var rows = snapshot.Segments.Select(_ => new RowMatches()).ToArray();
        rows[segment].Add(row, 0);
        return new ListNode(rows, 0);
    }
}
