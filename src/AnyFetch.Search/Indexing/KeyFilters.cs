using AnyFetch.Core.Search;
using AnyFetch.Search.Mapping;
using AnyFetch.Search.Matching;
using AnyFetch.Search.Queries;

namespace AnyFetch.Search.Indexing;

/// <summary>Turns <c>@key=</c> and <c>has_key=</c> into conditions that filter without scoring.</summary>
internal static class KeyFilters
{
    /// <summary>Most such filters in one search.</summary>
    public const int FiltersMax = 32;

    /// <summary>Adds the conditions; returns what is wrong with one of them.</summary>
    public static string? Analyze(
        SearchRequest request, Mappings mappings, List<(MatchNode Match, bool IsWanted)> filters)
    {
        if (request.KeyQueries.Count + request.HasKeys.Count + request.ExactKeys.Count > FiltersMax)
            return $"The search has more than {FiltersMax} filters on metadata keys.";
        foreach (var (key, isWanted) in request.HasKeys)
            filters.Add((new MatchKey(key), isWanted));

        foreach (var values in request.ExactKeys.GroupBy(q => q.Key, q => q.Value, StringComparer.Ordinal))
            filters.Add((new MatchSome([.. values.Select(value => Nearly(values.Key, value))]), true));

        // The values of one filter are alternatives (search-and-projection §1.1).
        foreach (var values in request.KeyQueries.GroupBy(q => q.Key, q => q.Value, StringComparer.Ordinal))
        {
            var alternatives = new List<MatchNode>();
            foreach (var value in values)
            {
                if (Add(values.Key, value, request.IsStrict, mappings, alternatives) is { } error)
                    return $"@{values.Key}: {error}";
            }

            if (alternatives.Count > 0)
                filters.Add((new MatchSome(alternatives), true));
        }

        return null;
    }

    /// <summary>What every document has that holds the value in the key, by its words when there are any.</summary>
    private static MatchNode Nearly(string key, string value)
    {
        var words = QueryAnalyzer.Analyze(new PhraseNode(value), isStrict: true, key);
        return words is MatchExact or MatchNothing ? new MatchKey(key) : words;
    }

    /// <summary>A key that some type compares exactly takes any value; in other types the value is a query.</summary>
    private static string? Add(
        string key, string value, bool isStrict, Mappings mappings, List<MatchNode> alternatives)
    {
        var parsed = QueryParser.Parse(value, hasKeys: false);
        var isExact = mappings.HasNotAnalyzed(key);
        if (parsed.IsError && !isExact)
            return parsed.Error;
        if (isExact)
            alternatives.Add(new MatchExact(key, value));
        if (parsed.Query is { } query)
            alternatives.Add(QueryAnalyzer.Analyze(query, isStrict, key));
        return null;
    }
}
