using System.Collections.Concurrent;
using AnyFetch.Core.Search;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Matching;
using AnyFetch.Search.Queries;
using AnyFetch.Search.Scoring;

namespace AnyFetch.Search.Indexing;

/// <summary>Answers searches in one index.</summary>
internal sealed class IndexSearcher(RowTable table, int expansionsMax)
{
    /// <summary>Frequencies that are remembered.</summary>
    private const int FrequenciesMax = 4_096;

    /// <summary>A frequency is counted again when the index grew by this part, so that scores stay while one pages.</summary>
    private const int FrequencyAgeDivisor = 64;

    private readonly ConcurrentDictionary<string, (int Count, int RowMax)> _frequencies = new(StringComparer.Ordinal);

    public SearchResult Search(IndexReader reader, SearchRequest request, Mappings mappings)
    {
        var parsed = QueryParser.Parse(request.Query);
        if (parsed.IsError)
            return SearchResult.Malformed(parsed.Error);
        var keyMatches = new List<(MatchNode Match, bool IsWanted)>();
        if (KeyFilters.Analyze(request, mappings, keyMatches) is { } error)
            return SearchResult.Malformed(error);

        using var snapshot = reader.BeginSnapshot(out var state);
        var rows = table.Columns;
        var filter = Filter(request, rows, state);
        var builder = Builder(reader);
        Narrow(reader, builder, filter, keyMatches);

        using var matches = new MatchList();
        if (parsed.Query is { } query)
            Score(reader, builder.Build(QueryAnalyzer.Analyze(query, request.IsStrict)), filter, matches);
        else
            Scan(filter, matches);
        return Result(matches, rows, request);
    }

    /// <summary>
    /// The filter of a search whose query only narrows it, or what is wrong with the query. Called within a snapshot.
    /// </summary>
    public (RowFilter? Filter, string? Error) FilterByQuery(
        IndexReader reader, SearchRequest request, Mappings mappings, RowColumns rows, IndexState state)
    {
        var parsed = QueryParser.Parse(request.Query);
        if (parsed.IsError)
            return (null, parsed.Error);
        var matches = new List<(MatchNode Match, bool IsWanted)>();
        if (KeyFilters.Analyze(request, mappings, matches) is { } error)
            return (null, error);
        if (parsed.Query is { } query)
            matches.Add((QueryAnalyzer.Analyze(query, request.IsStrict), true));
        var filter = Filter(request, rows, state);
        Narrow(reader, Builder(reader), filter, matches);
        return (filter, null);
    }

    /// <summary>The answer's page and its counts.</summary>
    public SearchResult Result(MatchList matches, RowColumns rows, SearchRequest request)
    {
        if (matches.Count == 0)
            return new SearchResult();
        var best = float.MinValue;
        foreach (var score in matches.Scores)
            best = Math.Max(best, score);
        return new SearchResult
        {
            Hits = HitSelector.Select(matches, rows, request),
            Count = matches.Count,
            MaxScore = best,
            Facets = FacetCounter.Count(matches.Rows, rows, table.Types, table.Providers),
        };
    }

    private FtsQueryBuilder Builder(IndexReader reader) =>
        new((pattern, key) => reader.Expand(pattern, key, expansionsMax));

    private void Narrow(
        IndexReader reader, FtsQueryBuilder builder, RowFilter filter, List<(MatchNode Match, bool IsWanted)> matches)
    {
        foreach (var (match, isWanted) in matches)
            filter.Sets.Add((Collect(reader, builder.Build(match), filter), isWanted));
    }

    private static void Scan(RowFilter filter, MatchList matches)
    {
        for (var row = 1; row <= filter.RowMax; row++)
        {
            if (filter.Passes(row))
                matches.Add(row, 1);
        }
    }

    /// <summary>The rows that satisfy a condition and pass the filter so far.</summary>
    private RowSet Collect(IndexReader reader, FtsQuery query, RowFilter filter)
    {
        using var matches = new MatchList();
        using var visitor = new ScoreVisitor(
            filter, query, new float[query.Phrases.Count], table.AverageLengths, matches);
        reader.Run(query.Expression, visitor);
        var rows = new RowSet(filter.RowMax);
        foreach (var row in matches.Rows)
            rows.Add(row);
        return rows;
    }

    private void Score(IndexReader reader, FtsQuery query, RowFilter filter, MatchList matches)
    {
        var alive = new RowFilter { Rows = filter.Rows, RowMax = filter.RowMax, Commit = filter.Commit };
        var significance = new float[query.Phrases.Count];
        for (var i = 0; i < significance.Length; i++)
        {
            if (query.Phrases[i] is { } phrase)
                significance[i] = Relevance.Significance(table.LiveCount, Frequency(reader, phrase, alive));
        }

        using var visitor = new ScoreVisitor(filter, query, significance, table.AverageLengths, matches);
        reader.Run(query.Expression, visitor);
    }

    /// <summary>How many documents have a phrase, whoever may see them.</summary>
    private int Frequency(IndexReader reader, string phrase, RowFilter alive)
    {
        if (_frequencies.TryGetValue(phrase, out var known)
            && alive.RowMax - known.RowMax <= alive.RowMax / FrequencyAgeDivisor)
        {
            return known.Count;
        }

        var visitor = new CountVisitor(alive);
        reader.Run(phrase, visitor);
        if (_frequencies.Count >= FrequenciesMax)
            _frequencies.Clear();
        _frequencies[phrase] = (visitor.Count, alive.RowMax);
        return visitor.Count;
    }

    private RowFilter Filter(SearchRequest request, RowColumns rows, IndexState state) => new()
    {
        Rows = rows,
        RowMax = state.RowMax,
        Commit = state.Commit,
        Access = table.Access.Mark(request.Viewer),
        Types = request.Types is { } types ? table.Types.Mark([.. types]) : null,
        Providers = request.Providers is { } providers ? table.Providers.Mark([.. providers]) : null,
        CreatedMin = request.After?.UtcTicks ?? long.MinValue,
        CreatedBefore = request.Before?.UtcTicks ?? long.MaxValue,
        Ids = request.Ids is { } ids ? Rows([.. ids], rows, state) : null,
    };

    private static RowSet Rows(HashSet<Core.Documents.DocumentId> ids, RowColumns rows, IndexState state)
    {
        var set = new RowSet(state.RowMax);
        for (var row = 1; row <= state.RowMax; row++)
        {
            if (ids.Contains(rows.Ids[row]))
                set.Add(row);
        }

        return set;
    }
}
