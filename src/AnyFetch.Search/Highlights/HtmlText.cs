using System.Buffers;
using System.Net;
using System.Text;

namespace AnyFetch.Search.Highlights;

/// <summary>
/// The text of an HTML fragment, with the place of each character in it. Made by a scanner that knows tags, comments,
/// entities and elements whose content is not text; it accepts anything.
/// </summary>
internal sealed class HtmlText
{
    /// <summary>Longest name of an entity.</summary>
    private const int EntityCharsMax = 32;

    private static readonly SearchValues<char> s_entityChars =
        SearchValues.Create("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly string[] s_rawElements =
        ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext", "template"];

    private static readonly HashSet<string> s_inlineElements = new(
        ["a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp",
            "small", "span", "strong", "sub", "sup", "u", "var", "wbr"],
        StringComparer.OrdinalIgnoreCase);

    private readonly StringBuilder _plain = new();
    private readonly string _html;

    public HtmlText(string html)
    {
        _html = html;
        for (var i = 0; i < html.Length;)
            i = IsMarkup(i) ? ReadMarkup(i) : html[i] == '&' ? ReadEntity(i) : ReadChar(i);
        Plain = _plain.ToString();
    }

    /// <summary>The text, entities decoded; a line break where a block begins or ends.</summary>
    public string Plain { get; }

    /// <summary>Where each character of the text starts in the HTML.</summary>
    public List<int> Starts { get; } = [];

    /// <summary>Where each ends. A character that stands for a tag has no length.</summary>
    public List<int> Ends { get; } = [];

    private bool IsMarkup(int i) =>
        _html[i] == '<' && i + 1 < _html.Length && (char.IsAsciiLetter(_html[i + 1]) || _html[i + 1] is '/' or '!' or '?');

    private int ReadChar(int i)
    {
        Add(_html[i], i, i + 1);
        return i + 1;
    }

    private int ReadEntity(int start)
    {
        var window = _html.AsSpan(start, Math.Min(EntityCharsMax, _html.Length - start));
        var end = window.IndexOf(';') + 1;
        if (end < 3 || window[1..(end - 1)].IndexOfAnyExcept(s_entityChars) >= 0)
            return ReadChar(start);
        var decoded = WebUtility.HtmlDecode(window[..end].ToString());
        if (decoded.Length >= end)
            return ReadChar(start);

        // The first character carries the entity; the second half of a surrogate pair has no length.
        for (var i = 0; i < decoded.Length; i++)
            Add(decoded[i], i == 0 ? start : start + end, start + end);
        return start + end;
    }

    private int ReadMarkup(int start)
    {
        if (_html.AsSpan(start).StartsWith("<!--"))
            return CommentEnd(start + 2);
        var name = Name(start);
        var end = name.Length == 0 ? After(">", start) : HtmlTag.End(_html, start + 1);
        if (!s_inlineElements.Contains(name))
            Add('\n', end, end);
        return _html[start + 1] != '/' && s_rawElements.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? RawEnd(name, end)
            : end;
    }

    private int CommentEnd(int start) => Math.Min(After("-->", start), After("--!>", start));

    private string Name(int start)
    {
        var from = _html[start + 1] == '/' ? start + 2 : start + 1;
        var to = from;
        while (to < _html.Length && (char.IsAsciiLetterOrDigit(_html[to]) || _html[to] is '-' or ':'))
            to++;
        return _html[from..to];
    }

    private int RawEnd(string name, int start)
    {
        var close = start - 1;
        do
            close = _html.IndexOf("</" + name, Math.Min(close + 1, _html.Length), StringComparison.OrdinalIgnoreCase);
        while (close >= 0 && close + name.Length + 2 < _html.Length
            && char.IsAsciiLetterOrDigit(_html[close + name.Length + 2]));
        return close < 0 || name.Equals("plaintext", StringComparison.OrdinalIgnoreCase) ? _html.Length : close;
    }

    private int After(string end, int start)
    {
        var found = _html.IndexOf(end, start, StringComparison.Ordinal);
        return found < 0 ? _html.Length : found + end.Length;
    }

    private void Add(char c, int start, int end)
    {
        _plain.Append(c);
        Starts.Add(start);
        Ends.Add(end);
    }
}
