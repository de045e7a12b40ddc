using System.Collections.Frozen;

namespace AnyFetch.Hydrater.Text;

/// <summary>
/// Estimates in one pass how deep a page nests. Building its tree takes time quadratic in the depth, so that a small file could keep a
/// processor busy for minutes.
/// </summary>
internal static class HtmlNesting
{
    /// <summary>Far beyond any page made for people, generously counting forgotten end tags.</summary>
    private const int DepthMax = 3_000;

    /// <summary>Elements that have no end tag, or whose end tag is usually left out.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NotCounted = FrozenSet.ToFrozenSet(
    [
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param",
        "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    ],
    StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    internal static bool IsHostile(string html)
    {
        var rest = html.AsSpan();
        var depth = 0;
        while (true)
        {
            var tag = rest.IndexOf('<');
            if (tag < 0 || tag + 1 >= rest.Length)
            {
                return false;
            }

            rest = rest[(tag + 1)..];
            var isEnd = rest[0] == '/';
            var name = Name(isEnd ? rest[1..] : rest);
            if (name.IsEmpty || NotCounted.Contains(name))
            {
                continue;
            }

            if (!isEnd && (name.Equals("script", StringComparison.OrdinalIgnoreCase)
                || name.Equals("style", StringComparison.OrdinalIgnoreCase)))
            {
                // Less-than signs of programs are no tags.
                var end = rest.IndexOf("</", StringComparison.Ordinal);
                while (end >= 0 && !rest[(end + 2)..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
                {
                    rest = rest[(end + 2)..];
                    end = rest.IndexOf("</", StringComparison.Ordinal);
                }

                rest = end < 0 ? default : rest[(end + 2)..];
                continue;
            }

            depth = isEnd ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > DepthMax)
            {
                return true;
            }
        }
    }

    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && length < 20 && char.IsAsciiLetterOrDigit(text[length]))
        {
            length++;
        }

        return length > 0 && char.IsAsciiLetter(text[0]) ? text[..length] : default;
    }
}
