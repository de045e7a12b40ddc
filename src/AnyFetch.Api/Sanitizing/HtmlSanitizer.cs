using System.Collections.Frozen;
using AngleSharp.Dom;
using AngleSharp.Html;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Api.Sanitizing;

/// <summary>
/// Keeps what an allow-list names and drops the rest: unknown elements lose their tags but not their text, dangerous
/// ones go whole. Addresses are <c>http</c>, <c>https</c>, <c>mailto</c> or an anchor; pictures travel as
/// <c>data:</c> only, so that opening a mail tells nobody.
/// </summary>
internal sealed class HtmlSanitizer : IHtmlSanitizer
{
    /// <summary>Deepest nesting that is kept; what lies deeper is dropped.</summary>
    public const int DepthMax = 256;

    private static readonly FrozenSet<string> s_elements = Names(
        "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd "
        + "del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img "
        + "ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup "
        + "table tbody td tfoot th thead time tr tt u ul var wbr");

    /// <summary>Elements whose content is no text to show.</summary>
    private static readonly FrozenSet<string> s_dropped = Names(
        "applet audio base button canvas datalist embed form frame frameset head iframe input link math meta "
        + "noembed noframes noscript object optgroup option param plaintext script select style svg template "
        + "textarea title track video xmp");

    private static readonly FrozenSet<string> s_attributes = Names(
        "abbr align alt bgcolor border cellpadding cellspacing cite class color colspan datetime dir face headers "
        + "height href id lang name nowrap rowspan scope size span src start summary title type valign value width");

    private static readonly FrozenSet<string> s_schemes = Names("http https mailto tel");

    private static readonly HtmlParser s_parser = new(new HtmlParserOptions { IsScripting = false });

    /// <inheritdoc/>
    public string Sanitize(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (html.AsSpan().IndexOfAny("<&") < 0)
        {
            return html;
        }

        using var document = s_parser.ParseDocument("<!DOCTYPE html><html><body></body></html>");
        using var parsed = s_parser.ParseDocument(html);
        var target = document.Body!;
        if (parsed.Body is { } body)
        {
            CopyChildren(body, target, 0);
        }

        return target.InnerHtml;
    }

    private static void CopyChildren(INode source, INode target, int depth)
    {
        if (depth > DepthMax)
        {
            return;
        }

        foreach (var child in source.ChildNodes)
        {
            switch (child)
            {
                case IText text:
                    target.AppendChild(target.Owner!.CreateTextNode(text.Data));
                    break;
                case IElement element:
                    CopyElement(element, target, depth);
                    break;
            }
        }
    }

    private static void CopyElement(IElement element, INode target, int depth)
    {
        var name = element.LocalName;
        if (element is not IHtmlElement || s_dropped.Contains(name))
        {
            return;
        }

        if (!s_elements.Contains(name))
        {
            CopyChildren(element, target, depth + 1);
            return;
        }

        var copy = target.Owner!.CreateElement(name);
        foreach (var attribute in element.Attributes)
        {
            if (attribute.NamespaceUri is null && IsAllowed(name, attribute.LocalName, attribute.Value))
            {
                copy.SetAttribute(attribute.LocalName, attribute.Value);
            }
        }

        if (name == "img" && !copy.HasAttribute("src"))
        {
            return;
        }

        if (name == "a" && copy.HasAttribute("href"))
        {
            copy.SetAttribute("rel", "noopener noreferrer nofollow");
        }

        target.AppendChild(copy);
        CopyChildren(element, copy, depth + 1);
    }

    private static bool IsAllowed(string element, string attribute, string value) => attribute switch
    {
        "href" => element == "a" && IsAddress(value),
        "src" => element == "img" && IsPicture(value),
        "cite" => IsAddress(value),

        // A page's own names must not be taken over ("clobbered") by a document.
        "id" or "name" => element == "a" && value.Length is > 0 and <= 200,
        _ => s_attributes.Contains(attribute),
    };

    /// <summary>Browsers skip control characters and spaces in a scheme, so they are taken out before looking.</summary>
    private static bool IsAddress(string value)
    {
        var text = string.Concat(value.Where(c => c > ' '));
        if (text.StartsWith('#'))
        {
            return true;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && s_schemes.Contains(text[..colon].ToLowerInvariant());
    }

    private static bool IsPicture(string value)
    {
        var text = value.TrimStart();
        return text.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase)
            && !text.StartsWith("data:image/svg", StringComparison.OrdinalIgnoreCase);
    }

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
