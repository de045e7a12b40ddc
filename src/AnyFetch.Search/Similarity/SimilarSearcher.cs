using AnyFetch.Core.Documents;
using AnyFetch.Core.Search;
using AnyFetch.Search.Indexing;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Matching;

namespace AnyFetch.Search.Similarity;

/// <summary>
/// Finds documents like another one (search-and-projection §1.7): its keywords are chosen by what the index tells of
/// its terms, and whatever has one of them is found. Frequencies are those among the documents that the user may see,
/// so hidden ones have no say in what the keywords are.
/// </summary>
internal sealed class SimilarSearcher(RowTable table, IndexSearcher searcher)
{
    public SimilarResult Search(
        IndexReader reader, SimilarRequest request, IReadOnlyList<SourceTerm> terms, Mappings mappings)
    {
        var within = request.Within with { Sort = SearchSort.Score, IsReversed = false };
        using var snapshot = reader.BeginSnapshot(out var state);
        var rows = table.Columns;
        var source = Source(request.Source.Id, rows, state);
        var (filter, error) = searcher.FilterByQuery(reader, within, mappings, rows, state);
        if (filter is null)
            return new SimilarResult([], SearchResult.Malformed(error!));
        filter.Sets.Add((source, false));

        var visible = Alive(rows, state, table.Access.Mark(within.Viewer));
        visible.Sets.Add((source, false));
        var documents = Count(visible);
        var keywords = KeywordSelector.Select(Weigh(reader, terms, Alive(rows, state, null), visible), documents);
        var found = keywords.FindAll(k => k.Visible > 0);
        using var matches = new MatchList();
        if (found.Count > 0)
            Score(reader, found, documents, filter, matches);
        return new SimilarResult([.. keywords.Select(k => k.Term.Text)], searcher.Result(matches, rows, within));
    }

    private static RowFilter Alive(RowColumns rows, IndexState state, bool[]? access) =>
        new() { Rows = rows, RowMax = state.RowMax, Commit = state.Commit, Access = access };

    private static RowSet Source(DocumentId id, RowColumns rows, IndexState state)
    {
        var set = new RowSet(state.RowMax);
        for (var row = 1; row <= state.RowMax; row++)
        {
            if (rows.Ids[row] == id)
                set.Add(row);
        }

        return set;
    }

    private static long Count(RowFilter filter)
    {
        var count = 0L;
        for (var row = 1; row <= filter.RowMax; row++)
        {
            if (filter.Passes(row))
                count++;
        }

        return count;
    }

    private static List<WeighedTerm> Weigh(
        IndexReader reader, IReadOnlyList<SourceTerm> terms, RowFilter alive, RowFilter visible)
    {
        var weighed = new List<WeighedTerm>(terms.Count);
        var builder = new FtsQueryBuilder((_, _) => []);
        foreach (var term in terms)
        {
            var visitor = new FrequencyVisitor(alive, visible);
            reader.Run(builder.Build(Match(term)).Expression, visitor);
            weighed.Add(new WeighedTerm(term, visitor.Visible, visitor.Seen));
        }

        return weighed;
    }

    private void Score(
        IndexReader reader, List<WeighedTerm> keywords, long documents, RowFilter filter, MatchList matches)
    {
        // One phrase for each keyword, in their order.
        var query = new FtsQueryBuilder((_, _) => []).Build(new MatchSome([.. keywords.Select(k => Match(k.Term))]));
        var significance = keywords.Select(k => k.Significance(documents)).ToArray();
        using var visitor = new ScoreVisitor(filter, query, significance, table.AverageLengths, matches);
        reader.Run(query.Expression, visitor);
    }

    private static MatchPhrase Match(SourceTerm term) => new(term.Terms, false, null);
}
