using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace AnyFetch.Hydrater.Text;

/// <summary>
/// HTML to text in one pass over the characters, without a tree, in time linear to the input. The results are not
/// escaped: pass them through <see cref="TextCleaner"/>.
/// </summary>
public static class HtmlText
{
    private static readonly FrozenSet<string> Blocks = FrozenSet.ToFrozenSet(
        [
            "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl",
            "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
            "header", "hr", "html", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody",
            "tfoot", "thead", "title", "tr", "ul",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Silent = FrozenSet.ToFrozenSet(
        ["script", "style", "template", "head"], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Text as people see it: block elements end a line, cells are set apart, other tags vanish. Runs of blanks are
    /// reduced to their first character (the plaintext rule of hydraters.md §2).
    /// </summary>
    public static string ToText(string html) => TextCleaner.Squeeze(Strip(html, isBlockAware: true));

    /// <summary>
    /// Every tag becomes a space, blanks are squeezed, spaces around line ends removed, entities decoded
    /// (the markdown rule of hydraters.md §9). Blank lines are kept.
    /// </summary>
    public static string StripTags(string html) => SqueezeLines(Strip(html, isBlockAware: false));

    /// <summary>Decodes the entities of HTML in text that has no tags.</summary>
    public static string DecodeEntities(string text) => WebUtility.HtmlDecode(text);

    private static string Strip(string html, bool isBlockAware)
    {
        ArgumentNullException.ThrowIfNull(html);
        var output = new StringBuilder(html.Length);
        var position = 0;
        while (position < html.Length)
        {
            var tag = html.IndexOf('<', position);
            AppendDecoded(output, html, position, tag < 0 ? html.Length : tag);
            if (tag < 0)
            {
                break;
            }

            position = SkipMarkup(html, tag, out var name);
            if (position == tag)
            {
                // A lone angle bracket is text.
                output.Append('<');
                position++;
                continue;
            }

            if (Silent.Contains(name) && html[tag + 1] != '/')
            {
                position = EndOfElement(html, position, name);
            }

            AppendBreak(output, name, isBlockAware);
        }

        return output.ToString();
    }

    private static void AppendBreak(StringBuilder output, string name, bool isBlockAware)
    {
        if (!isBlockAware)
        {
            output.Append(' ');
        }
        else if (Blocks.Contains(name))
        {
            output.Append('\n');
        }
        else if (name.Equals("td", StringComparison.OrdinalIgnoreCase) || name.Equals("th", StringComparison.OrdinalIgnoreCase))
        {
            output.Append(' ');
        }
    }

    private static void AppendDecoded(StringBuilder output, string html, int start, int end)
    {
        var text = html.AsSpan(start, end - start);
        if (text.Contains('&'))
        {
            output.Append(WebUtility.HtmlDecode(text.ToString()));
        }
        else
        {
            output.Append(text);
        }
    }

    /// <summary>The position after a tag, comment or declaration; the start itself when it is none of them.</summary>
    private static int SkipMarkup(string html, int start, out string name)
    {
        name = "";
        var next = start + 1 < html.Length ? html[start + 1] : '\0';
        if (next == '!' || next == '?')
        {
            var isComment = html.AsSpan(start).StartsWith("<!--");
            var close = isComment
                ? html.IndexOf("-->", start + 4, StringComparison.Ordinal)
                : html.IndexOf('>', start);
            return close < 0 ? html.Length : close + (isComment ? 3 : 1);
        }

        var nameStart = next == '/' ? start + 2 : start + 1;
        if (nameStart >= html.Length || !char.IsAsciiLetter(html[nameStart]))
        {
            return start;
        }

        var nameEnd = nameStart;
        while (nameEnd < html.Length && (char.IsAsciiLetterOrDigit(html[nameEnd]) || html[nameEnd] is '-' or ':'))
        {
            nameEnd++;
        }

        name = nameEnd - nameStart > 16 ? "" : html[nameStart..nameEnd];
        return EndOfTag(html, nameEnd);
    }

    private static int EndOfTag(string html, int position)
    {
        var quote = '\0';
        for (; position < html.Length; position++)
        {
            var c = html[position];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c == '>')
            {
                return position + 1;
            }
            else if ((c == '"' || c == '\'') && html[position - 1] is '=' or ' ')
            {
                quote = c;
            }
        }

        return html.Length;
    }

    private static int EndOfElement(string html, int position, string name)
    {
        var close = html.IndexOf("</" + name, position, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? html.Length : EndOfTag(html, close + 2 + name.Length);
    }

    private static string SqueezeLines(string text)
    {
        var output = new StringBuilder(text.Length);
        var pendingSpace = false;
        foreach (var c in text)
        {
            if (c == '\n')
            {
                pendingSpace = false;
                output.Append('\n');
            }
            else if (c is ' ' or '\t' or '\r' or '\u00a0')
            {
                pendingSpace = true;
            }
            else
            {
                if (pendingSpace && output.Length > 0 && output[^1] != '\n')
                {
                    output.Append(' ');
                }

                pendingSpace = false;
                output.Append(c);
            }
        }

        return output.ToString().Trim();
    }
}
