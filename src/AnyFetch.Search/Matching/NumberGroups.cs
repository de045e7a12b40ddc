using AnyFetch.Search.Analysis;
using AnyFetch.Search.Queries;

namespace AnyFetch.Search.Matching;

/// <summary>Recognises a long number that was typed in groups.</summary>
internal static class NumberGroups
{
    /// <summary>The groups from a place on, as groups or as one number; null when there are not several.</summary>
    public static (MatchNode Match, int Groups)? Match(IReadOnlyList<QueryNode> operands, int first, string? key)
    {
        var groups = new List<string>();
        while (first + groups.Count < operands.Count && Digits(operands[first + groups.Count], groups.Count) is { } group)
            groups.Add(group);
        var digits = groups.Sum(g => g.Length);
        if (groups.Count < 2 || digits is < JoinTracker.DigitsMin or > JoinTracker.DigitsMax)
            return null;
        var apart = groups.Select(g => new MatchPhrase([g], false, key));
        return (new MatchSome([new MatchEvery([.. apart]), new MatchPhrase([string.Concat(groups)], false, key)]),
            groups.Count);
    }

    /// <summary>Only the first group may carry a sign, that of a country's prefix.</summary>
    private static string? Digits(QueryNode node, int index) => node switch
    {
        RequiredNode { Inner: var inner } when index == 0 => Digits(inner, 1),
        WordNode word when word.Text.Trim('(', ')', '.') is { Length: > 0 } text && text.All(char.IsAsciiDigit) => text,
        _ => null,
    };
}
