using AnyFetch.Search.Queries;

namespace AnyFetch.Search.Matching;

/// <summary>Turns a query into analysed terms. Words without any term (punctuation) are left out.</summary>
internal sealed class QueryAnalyzer(bool isStrict)
{
    /// <summary>Analyses a whole query. One that holds no term at all finds nothing.</summary>
    public static MatchNode Analyze(QueryNode query, bool isStrict, string? key = null) =>
        new QueryAnalyzer(isStrict).Match(query, key) switch
        {
            null => new MatchNothing(),
            MatchExcept except => new MatchEvery([new MatchAll(), except]),
            var node => node,
        };

    private MatchNode? Match(QueryNode node, string? key) => node switch
    {
        NotNode not => Match(not.Inner, key) switch
        {
            null => null,
            MatchExcept twice => twice.Child,
            var inner => new MatchExcept(inner),
        },
        RequiredNode required => Match(required.Inner, key),
        KeyNode keyed => Match(keyed.Inner, keyed.Key),
        AndNode and => Every(Operands(and.Operands, key)),
        OrNode or => Some(Operands(or.Operands, key)),
        ListNode list => isStrict ? Every(Operands(list.Operands, key)) : Loose(list, key),
        _ => WordAnalyzer.Match(node, key),
    };

    private List<MatchNode> Operands(QueryNodes operands, string? key)
    {
        var matches = new List<MatchNode>(operands.Count);
        for (var i = 0; i < operands.Count; i++)
        {
            // A phone number typed with spaces is several words that may be written as one.
            if (NumberGroups.Match(operands, i, key) is var (number, groups))
            {
                matches.Add(number);
                i += groups - 1;
            }
            else if (Match(operands[i], key) is { } match)
            {
                matches.Add(match);
            }
        }

        return matches;
    }

    private static MatchNode? Every(List<MatchNode> matches)
    {
        if (matches.Count <= 1)
            return matches.FirstOrDefault();
        return matches.TrueForAll(m => m is MatchExcept)
            ? new MatchEvery([new MatchAll(), .. matches])
            : new MatchEvery(matches);
    }

    private static MatchNode? Some(List<MatchNode> matches, bool isLoose = false)
    {
        if (matches.Count == 0)
            return null;
        for (var i = 0; i < matches.Count; i++)
        {
            if (matches[i] is MatchExcept)
                matches[i] = new MatchEvery([new MatchAll(), matches[i]]);
        }

        return matches.Count == 1 ? matches[0] : new MatchSome(matches, isLoose);
    }

    /// <summary>Excluded words stay excluded and required ones required; of the rest one must match, if none is required.</summary>
    private MatchNode? Loose(ListNode list, string? key)
    {
        var required = Operands(new QueryNodes([.. list.Operands.Where(o => o is RequiredNode)]), key);
        var rest = Operands(new QueryNodes([.. list.Operands.Where(o => o is not RequiredNode)]), key);
        var excluded = rest.FindAll(m => m is MatchExcept);
        var wanted = rest.FindAll(m => m is not MatchExcept);
        if (required.Count > 0)
            return Every([.. required, .. wanted.Select(w => new MatchOptional(w)), .. excluded]);
        return Some(wanted, isLoose: true) is { } some ? Every([some, .. excluded]) : Every(excluded);
    }
}
