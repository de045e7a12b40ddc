using AnyFetch.Core.Search;
using AnyFetch.Search.Execution;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Matching;
using AnyFetch.Search.Queries;

namespace AnyFetch.Search.Indexing;

/// <summary>Answers searches on one snapshot.</summary>
internal sealed class IndexSearcher(IndexSnapshot snapshot, int expansionsMax, CancellationToken cancellationToken)
{
    private readonly QueryPlanner _planner = new(snapshot, expansionsMax, cancellationToken);

    public SearchResult Search(SearchRequest request, Mappings mappings)
    {
        var parsed = QueryParser.Parse(request.Query);
        if (parsed.IsError)
            return SearchResult.Malformed(parsed.Error);
        var filters = new List<(MatchNode Match, bool IsWanted)>();
        if (KeyFilters.Analyze(request, mappings, filters) is { } error)
            return SearchResult.Malformed(error);
        var root = parsed.Query is { } query
            ? _planner.Plan(QueryAnalyzer.Analyze(query, request.IsStrict), isScored: true)
            : new AllNode(snapshot.Segments, isAny: true, score: 1);
        return Run(request, Scope(request, filters), root);
    }

    /// <summary>
    /// What a search may find whose query only narrows it, or what is wrong with the query.
    /// </summary>
    public (SearchScope? Scope, string? Error) ScopeByQuery(
        SearchRequest request, Mappings mappings, WindowNode? excluded)
    {
        var parsed = QueryParser.Parse(request.Query);
        if (parsed.IsError)
            return (null, parsed.Error);
        var filters = new List<(MatchNode Match, bool IsWanted)>();
        if (KeyFilters.Analyze(request, mappings, filters) is { } error)
            return (null, error);
        if (parsed.Query is { } query)
            filters.Add((QueryAnalyzer.Analyze(query, request.IsStrict), true));
        return (Scope(request, filters, excluded), null);
    }

    /// <summary>The answer.</summary>
    public SearchResult Run(SearchRequest request, SearchScope scope, WindowNode root) =>
        new SearchRun(snapshot, scope, root, cancellationToken).Search(request);

    private SearchScope Scope(
        SearchRequest request, List<(MatchNode Match, bool IsWanted)> filters, WindowNode? excluded = null)
    {
        List<(WindowNode Node, bool IsWanted)> conditions =
            filters.ConvertAll(f => (_planner.Plan(f.Match, isScored: false), f.IsWanted));
        if (excluded is not null)
            conditions.Add((excluded, false));
        return new SearchScope(snapshot, request, conditions);
    }
}
