using System.Text;

namespace AnyFetch.Search.Queries;

/// <summary>Writes a query so that the parser reads the same query back.</summary>
internal static class QueryText
{
    private const string Reserved = "+-&|!(){}[]^\"~*?:\\";

    public static string Write(QueryNode node) => node switch
    {
        WordNode word => Escape(word.Text),
        PhraseNode phrase => "\"" + phrase.Text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal) + "\"",
        PrefixNode prefix => Escape(prefix.Text) + "*",
        WildcardNode wildcard => string.Concat(wildcard.Pattern.Select(c => c is '*' or '?' ? c.ToString() : Escape(c))),
        FuzzyNode fuzzy => Escape(fuzzy.Text) + "~" + fuzzy.Edits,
        KeyNode key => key.Key + ":" + Write(key.Inner, isOperand: true),
        NotNode not => "-" + Write(not.Inner, isOperand: true),
        RequiredNode required => "+" + Write(required.Inner, isOperand: true),
        AndNode and => string.Join(" AND ", and.Operands.Select(o => Write(o, o is AndNode or ListNode or OrNode))),
        ListNode list => string.Join(" ", list.Operands.Select(o => Write(o, o is ListNode or OrNode))),
        OrNode or => string.Join(" OR ", or.Operands.Select(o => Write(o, o is OrNode))),
        _ => throw new ArgumentException($"Unknown node {node.GetType().Name}.", nameof(node)),
    };

    private static string Write(QueryNode node, bool isOperand) =>
        isOperand && node is AndNode or ListNode or OrNode ? $"({Write(node)})" : Write(node);

    private static string Escape(string word)
    {
        // An escape inside a word also keeps it from being read as AND, OR or NOT.
        var text = new StringBuilder();
        foreach (var c in word)
            text.Append(text.Length == 0 && !char.IsLetterOrDigit(c) ? "\\" + c : Escape(c));
        return word.ToUpperInvariant() is "AND" or "OR" or "NOT" ? "\\" + word : text.ToString();
    }

    private static string Escape(char c) => Reserved.Contains(c) || char.IsWhiteSpace(c) ? "\\" + c : c.ToString();
}
