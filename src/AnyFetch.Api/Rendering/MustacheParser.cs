namespace AnyFetch.Api.Rendering;

/// <summary>
/// Parses Mustache: variables, sections, inverted sections, comments and other delimiters. Partials give nothing, as
/// there are none. Lines that hold nothing but a section tag or a comment leave no line behind.
/// </summary>
internal sealed class MustacheParser
{
    /// <summary>Deepest nesting of sections.</summary>
    public const int DepthMax = 64;

    private readonly string _text;
    private string _open = "{{";
    private string _close = "}}";
    private int _at;

    private MustacheParser(string text) => _text = text;

    /// <summary>The template's parts.</summary>
    /// <exception cref="FormatException">A section or a tag is not closed, or closed twice.</exception>
    public static IReadOnlyList<MustacheNode> Parse(string template) =>
        new MustacheParser(template).ParseUntil(section: null, depth: 0);

    private List<MustacheNode> ParseUntil(string? section, int depth)
    {
        if (depth > DepthMax)
        {
            throw new FormatException($"Sections are nested more than {DepthMax} deep.");
        }

        var nodes = new List<MustacheNode>();
        while (true)
        {
            var tag = _text.IndexOf(_open, _at, StringComparison.Ordinal);
            if (tag < 0)
            {
                AddText(nodes, _text[_at..]);
                _at = _text.Length;
                return section is null ? nodes : throw new FormatException($"The section '{section}' is not closed.");
            }

            var start = _at;
            var (kind, name) = ReadTag(tag);
            var isAlone = kind is '#' or '^' or '/' or '!' or '=' or '>' && TakeLine(tag);
            var lineStart = isAlone ? LineStart(tag) : tag;
            AddText(nodes, _text[start..Math.Max(start, lineStart)]);
            switch (kind)
            {
                case '#' or '^':
                    nodes.Add(new MustacheSection(Path(name), kind == '^', ParseUntil(name, depth + 1)));
                    break;
                case '/':
                    return name == section
                        ? nodes
                        : throw new FormatException($"The section '{name}' is closed but not open.");
                case '=':
                    SetDelimiters(name);
                    break;
                case '{' or '&':
                    nodes.Add(new MustacheVariable(Path(name), IsEscaped: false));
                    break;
                case ' ':
                    nodes.Add(new MustacheVariable(Path(name), IsEscaped: true));
                    break;
            }
        }
    }

    /// <summary>Reads the tag at a position and moves behind it. The kind is its first character, or a space.</summary>
    private (char Kind, string Name) ReadTag(int tag)
    {
        var inside = tag + _open.Length;
        var kind = inside < _text.Length && "#^/!&={>".Contains(_text[inside], StringComparison.Ordinal)
            ? _text[inside]
            : ' ';
        var close = kind switch
        {
            '{' => "}" + _close,
            '=' => "=" + _close,
            _ => _close,
        };
        var from = kind == ' ' ? inside : inside + 1;
        var end = from > _text.Length ? -1 : _text.IndexOf(close, from, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new FormatException("A tag is not closed.");
        }

        _at = end + close.Length;
        return (kind, _text[from..end].Trim());
    }

    /// <summary>True when a tag stands alone on its line, whose end is then skipped.</summary>
    private bool TakeLine(int tag)
    {
        var next = _at;
        if (LineStart(tag) < 0)
        {
            return false;
        }

        while (next < _text.Length && _text[next] is ' ' or '\t')
        {
            next++;
        }

        if (next < _text.Length && _text[next] == '\r')
        {
            next++;
        }

        if (next < _text.Length && _text[next] != '\n')
        {
            return false;
        }

        _at = Math.Min(_text.Length, next + 1);
        return true;
    }

    /// <summary>Where the line of a tag begins if only white space stands before the tag, else -1.</summary>
    private int LineStart(int tag)
    {
        var start = tag;
        while (start > 0 && _text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return start == 0 || _text[start - 1] == '\n' ? start : -1;
    }

    private void SetDelimiters(string pair)
    {
        var parts = pair.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2)
        {
            throw new FormatException("Other delimiters are given as a pair.");
        }

        (_open, _close) = (parts[0], parts[1]);
    }

    private static string[] Path(string name) => name == "." ? [] : name.Split('.');

    private static void AddText(List<MustacheNode> nodes, string text)
    {
        if (text.Length > 0)
        {
            nodes.Add(new MustacheText(text));
        }
    }
}
