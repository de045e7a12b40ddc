using System.Text;

namespace AnyFetch.Api.Projection;

/// <summary>The words of a query that <c>isHighlight</c> looks for.</summary>
internal static class QueryTerms
{
    /// <summary>Shorter words are not looked for.</summary>
    public const int CharsMin = 3;

    /// <summary>The words, lower-cased by no culture; none when quotes or parentheses do not match.</summary>
    public static IReadOnlyList<string> Parse(string query)
    {
        var terms = new List<string>();
        var word = new StringBuilder();
        var depth = 0;
        var isQuoted = false;
        var isExcluded = false;
        for (var i = 0; i <= query.Length; i++)
        {
            var c = i < query.Length ? query[i] : ' ';
            if (c == '\\' && i + 1 < query.Length)
            {
                word.Append(query[++i]);
                continue;
            }

            if (char.IsLetterOrDigit(c) || (word.Length > 0 && c is '-' or '.' or '@' or '_' or '\''))
            {
                word.Append(c);
                continue;
            }

            End(terms, word, ref isExcluded, isQuoted);
            isExcluded |= !isQuoted && c is '-' or '!';
            isQuoted ^= c == '"';
            depth += isQuoted ? 0 : c switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth < 0)
            {
                return [];
            }
        }

        return isQuoted || depth != 0 ? [] : terms;
    }

    private static void End(List<string> terms, StringBuilder word, ref bool isExcluded, bool isQuoted)
    {
        if (word.Length == 0)
        {
            return;
        }

        var text = word.ToString().TrimEnd('-', '.', '\'');
        word.Clear();
        if (!isQuoted && text.ToUpperInvariant() is "AND" or "OR")
        {
            return;
        }

        if (!isQuoted && text.Equals("NOT", StringComparison.OrdinalIgnoreCase))
        {
            isExcluded = true;
            return;
        }

        if (!isExcluded && text.Length >= CharsMin)
        {
            terms.Add(text);
        }

        isExcluded = isQuoted && isExcluded;
    }
}
