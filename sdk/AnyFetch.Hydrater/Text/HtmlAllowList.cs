using System.Buffers;
using System.Collections.Frozen;

namespace AnyFetch.Hydrater.Text;

/// <summary>The elements, attributes and addresses that sanitised HTML may have.</summary>
internal static class HtmlAllowList
{
    internal static readonly FrozenSet<string> Elements = FrozenSet.ToFrozenSet(
    [
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite",
        "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "i", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre",
        "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary", "sup",
        "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
    ]);

    private static readonly FrozenSet<string> Dropped = FrozenSet.ToFrozenSet(
    [
        "applet", "audio", "base", "basefont", "bgsound", "button", "canvas", "datalist", "embed", "frame", "frameset",
        "head", "iframe", "link", "map", "math", "meta", "meter", "noembed", "noframes", "noscript", "object", "output",
        "param", "picture", "portal", "progress", "script", "select", "slot", "source", "style", "svg", "template",
        "textarea", "title", "track", "video",
    ]);

    private static readonly FrozenSet<string> Void = FrozenSet.ToFrozenSet(["br", "col", "hr", "wbr"]);

    private static readonly FrozenSet<string> KnownAttributes = FrozenSet.ToFrozenSet(
    [
        "alt", "checked", "colspan", "datetime", "height", "href", "rowspan", "src", "start", "title", "type", "value",
        "width",
    ],
    StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownAttributesBySpan =
        KnownAttributes.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> Base64 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    private static readonly SearchValues<char> ClassNames =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ ");

    private const int ClassCharactersMax = 200;

    private static readonly string[] ImageTypes =
        ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,"];

    internal static bool IsAllowed(string element) => Elements.Contains(element);

    internal static bool IsDropped(string element) => Dropped.Contains(element);

    internal static bool IsVoid(string element) => Void.Contains(element);

    /// <summary>
    /// Attributes worth building. A title is for links and abbreviations only: on other inline elements it makes each of them unlike the
    /// last, and the standard's algorithm for open inline elements is only fast as long as most of them are alike.
    /// </summary>
    internal static bool IsAttributeKnown(ReadOnlySpan<char> element, ReadOnlySpan<char> attribute) =>
        KnownAttributesBySpan.Contains(attribute)
        && (!attribute.Equals("title", StringComparison.OrdinalIgnoreCase) || element is "a" or "abbr");

    /// <summary>
    /// Elements that keep a class where classes are allowed: not those that stay open across blocks, for the reason
    /// that <see cref="IsAttributeKnown"/> gives for titles.
    /// </summary>
    internal static bool MayHaveClass(ReadOnlySpan<char> element) => element is not
        ("a" or "b" or "big" or "code" or "em" or "font" or "i" or "nobr" or "s" or "small" or "strike" or "strong"
            or "tt" or "u");

    /// <summary>Names of classes, and nothing that could end the attribute or be long for its own sake.</summary>
    internal static bool IsClassSafe(string value) =>
        value.Length is > 0 and <= ClassCharactersMax && value.AsSpan().IndexOfAnyExcept(ClassNames) < 0;

    internal static bool IsAttributeAllowed(string element, string attribute) => attribute switch
    {
        "title" => element is "a" or "abbr",
        "href" => element == "a",
        "colspan" or "rowspan" => element is "td" or "th",
        "start" => element == "ol",
        "value" => element == "li",
        "datetime" => element is "time" or "del" or "ins",
        _ => false,
    };

    /// <summary>Absolute addresses of harmless schemes. Relative ones mean nothing outside the original place.</summary>
    internal static bool IsLinkSafe(string address) =>
        Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" or "mailto" or "tel"
        && address.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0;

    internal static bool IsImageSafe(string address, HtmlSanitizerOptions options)
    {
        if (address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return IsDataUriSafe(address, options);
        }

        return options.AllowsRemoteImages && IsLinkSafe(address)
            && address.StartsWith("http", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A picture that is part of the page, of a kind without scripts.</summary>
    internal static bool IsDataUriSafe(ReadOnlySpan<char> address, HtmlSanitizerOptions options)
    {
        if (address.Length > options.DataUriCharactersMax)
        {
            return false;
        }

        foreach (var type in ImageTypes)
        {
            if (address.StartsWith(type, StringComparison.OrdinalIgnoreCase))
            {
                return address[type.Length..].IndexOfAnyExcept(Base64) < 0;
            }
        }

        return false;
    }
}
