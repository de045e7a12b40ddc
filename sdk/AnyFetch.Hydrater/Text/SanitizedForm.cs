using System.Collections.Frozen;

namespace AnyFetch.Hydrater.Text;

/// <summary>
/// Recognises, in one pass and without a tree, HTML that <see cref="HtmlSanitizer"/> would write again as it is: most of what
/// reaches it was written by it, or by a hydrater that knows the rules. A page's tree takes forty times the page's memory.
/// Only what is surely the same is recognised; everything doubtful, such as nesting that a parser might rearrange, is not.
/// </summary>
internal ref struct SanitizedForm
{
    /// <summary>The parser counts its own html and body elements, and deeper ones become siblings.</summary>
    private const int DepthReserve = 4;

    /// <summary>A start tag of these closes an open paragraph.</summary>
    private static readonly FrozenSet<string> Blocks = FrozenSet.ToFrozenSet(
    [
        "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "summary", "table", "ul",
    ]);

    /// <summary>Elements that a parser moves or closes anywhere else than directly in one of these.</summary>
    private static readonly FrozenDictionary<string, string[]> Parents = new Dictionary<string, string[]>
    {
        ["li"] = ["ul", "ol"], ["dd"] = ["dl"], ["dt"] = ["dl"], ["rp"] = ["ruby"], ["rt"] = ["ruby"],
        ["caption"] = ["table"], ["colgroup"] = ["table"], ["col"] = ["colgroup"],
        ["thead"] = ["table"], ["tbody"] = ["table"], ["tfoot"] = ["table"],
        ["tr"] = ["thead", "tbody", "tfoot"], ["td"] = ["tr"], ["th"] = ["tr"],
    }.ToFrozenDictionary();

    /// <summary>Elements that hold nothing but those that name them as their parent.</summary>
    private static readonly FrozenSet<string> Structures =
        FrozenSet.ToFrozenSet(["table", "colgroup", "thead", "tbody", "tfoot", "tr"]);

    /// <summary>How the sanitiser writes a task's box, up to its state.</summary>
    private const string Checkbox = "<input type=\"checkbox\" disabled";

    private const string Checked = " checked>";

    /// <summary>How it writes a picture that is part of the page: its content and its alternative text, nothing else.</summary>
    private const string Picture = "<img src=\"";

    private const string Alternative = " alt=\"";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names =
        HtmlAllowList.Elements.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly HtmlSanitizerOptions _options;
    private readonly List<string> _open = [];
    private ReadOnlySpan<char> _rest;

    private SanitizedForm(ReadOnlySpan<char> html, HtmlSanitizerOptions options)
    {
        _rest = html;
        _options = options;
    }

    /// <summary>True when the sanitiser would give the same text.</summary>
    internal static bool Is(ReadOnlySpan<char> html, HtmlSanitizerOptions options) =>
        html.IsEmpty
        || (!char.IsWhiteSpace(html[0]) && !char.IsWhiteSpace(html[^1]) && new SanitizedForm(html, options).Read());

    private bool Read()
    {
        while (true)
        {
            var next = _rest.IndexOfAny(TextCleaner.Special);
            var text = next < 0 ? _rest : _rest[..next];
            if (IsInStructure && text.ContainsAnyExcept(' ', '\n', '\t'))
            {
                return false;
            }

            if (next < 0)
            {
                return _open.Count == 0;
            }

            _rest = _rest[next..];
            if (!(_rest[0] == '<' ? Tag() : !IsInStructure && Character(ref _rest)))
            {
                return false;
            }
        }
    }

    /// <summary>Between the parts of a table there is nothing but space; a parser moves everything else out of it.</summary>
    private readonly bool IsInStructure => _open.Count > 0 && Structures.Contains(_open[^1]);

    /// <summary>Takes one character that is not itself in text: an entity that we write, or a pair of surrogates.</summary>
    private static bool Character(ref ReadOnlySpan<char> text)
    {
        var length = text switch
        {
            ['&', 'a', 'm', 'p', ';', ..] => 5,
            ['&', 'q', 'u', 'o', 't', ';', ..] => 6,
            ['&', 'l', 't', ';', ..] or ['&', 'g', 't', ';', ..] => 4,
            [var high, var low, ..] when char.IsSurrogatePair(high, low) => 2,
            _ => 0,
        };
        text = text[length..];
        return length > 0;
    }

    private bool Tag()
    {
        if (_rest.StartsWith(Checkbox, StringComparison.Ordinal))
        {
            _rest = _rest[Checkbox.Length..];
            var end = _rest.StartsWith(Checked, StringComparison.Ordinal) ? Checked : ">";
            var isWhole = _rest.StartsWith(end, StringComparison.Ordinal) && !IsInStructure;
            _rest = isWhole ? _rest[end.Length..] : _rest;
            return isWhole;
        }

        if (_rest.StartsWith(Picture, StringComparison.Ordinal))
        {
            return !IsInStructure && Image();
        }

        var isEnd = _rest.Length > 1 && _rest[1] == '/';
        _rest = _rest[(isEnd ? 2 : 1)..];
        if (!Names.TryGetValue(_rest[..NameLength(_rest)], out var name))
        {
            return false;
        }

        _rest = _rest[name.Length..];
        return isEnd ? End(name) : Start(name);
    }

    /// <summary>Takes a picture without a copy: the pages of a PDF are megabytes of pictures.</summary>
    private bool Image()
    {
        _rest = _rest[Picture.Length..];
        var end = _rest.IndexOf('"');
        if (end < 0 || _options.ResolveImage is not null || !HtmlAllowList.IsDataUriSafe(_rest[..end], _options))
        {
            return false;
        }

        _rest = _rest[(end + 1)..];
        if (!_rest.StartsWith(Alternative, StringComparison.Ordinal))
        {
            return false;
        }

        _rest = _rest[Alternative.Length..];
        if (!Value(out _) || _rest is not ['>', ..])
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetterLower(text[length]) || char.IsAsciiDigit(text[length])))
        {
            length++;
        }

        return length;
    }

    private bool End(string name)
    {
        if (_open.Count == 0 || _open[^1] != name || _rest is not ['>', ..])
        {
            return false;
        }

        _open.RemoveAt(_open.Count - 1);
        _rest = _rest[1..];
        return true;
    }

    private bool Start(string name)
    {
        if (!MayStand(name) || !Attributes(name) || _rest is not ['>', ..])
        {
            return false;
        }

        _rest = _rest[1..];
        if (HtmlAllowList.IsVoid(name))
        {
            return true;
        }

        _open.Add(name);

        // A parser drops the line feed with which preformatted text begins, so that there are two or none.
        return _open.Count <= _options.DepthMax - DepthReserve && !(name == "pre" && _rest is ['\n', not '\n', ..] or ['\n']);
    }

    private readonly bool MayStand(string name)
    {
        var parent = _open.Count > 0 ? _open[^1] : "";
        if (Parents.TryGetValue(name, out var parents))
        {
            return Array.IndexOf(parents, parent) >= 0;
        }

        return !Structures.Contains(parent)
            && !(Blocks.Contains(name) && _open.Contains("p"))
            && !(IsHeading(name) && _open.Exists(IsHeading))
            && !(name == "a" && _open.Contains("a"));
    }

    private static bool IsHeading(string name) => name is ['h', >= '1' and <= '6'];

    /// <summary>Takes the attributes of a tag, which stay in their order. Of two with one name a parser drops the second.</summary>
    private bool Attributes(string element)
    {
        var known = "";
        while (_rest is [' ', ..])
        {
            if (!Attribute(element, out var name) || known.Contains($" {name} ", StringComparison.Ordinal))
            {
                return false;
            }

            known += $" {name} ";
        }

        return true;
    }

    private bool Attribute(string element, out string name)
    {
        name = "";
        var equals = _rest.IndexOf("=\"", StringComparison.Ordinal);
        if (equals < 2)
        {
            return false;
        }

        name = _rest[1..equals].ToString();
        _rest = _rest[(equals + 2)..];
        return Value(out var value) && IsAllowed(element, name, value);
    }

    private readonly bool IsAllowed(string element, string name, string value) => name == "class"
        ? _options.AllowsClasses && HtmlAllowList.MayHaveClass(element) && HtmlAllowList.IsClassSafe(value)
        : HtmlAllowList.IsAttributeAllowed(element, name) && (name != "href" || HtmlAllowList.IsLinkSafe(value));

    private bool Value(out string value)
    {
        var begin = _rest;
        value = "";
        while (true)
        {
            var next = _rest.IndexOfAny(TextCleaner.Special);
            if (next < 0)
            {
                return false;
            }

            _rest = _rest[next..];
            if (_rest[0] == '"')
            {
                var written = begin[..^_rest.Length];
                _rest = _rest[1..];
                value = HtmlText.DecodeEntities(written.ToString());
                return written.Length == written.Trim().Length;
            }

            if (!Character(ref _rest))
            {
                return false;
            }
        }
    }
}
