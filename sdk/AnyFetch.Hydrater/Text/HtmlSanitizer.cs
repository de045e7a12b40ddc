using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AnyFetch.Hydrater.Text;

/// <summary>
/// An allow-list over AngleSharp's HTML5 parser: what a browser would see is parsed, only listed elements and
/// attributes
/// are written again (hydraters.md §1). Elements that are not listed vanish and leave their text, active ones take
/// their
/// content with them. A page that nests by the thousand is reduced to its text. Serialisation is our own and iterative,
/// so that nesting cannot exhaust the stack.
/// </summary>
public static class HtmlSanitizer
{
    private static readonly HtmlSanitizerOptions Default = new();

    /// <summary>Sanitises a page or a fragment.</summary>
    public static SanitizedHtml Sanitize(string html) => Sanitize(html, Default);

    /// <summary>Sanitises a page or a fragment.</summary>
    public static SanitizedHtml Sanitize(string html, HtmlSanitizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(options);
        return IsSanitized(html, options) ? new SanitizedHtml(html, null) : Rewrite(html, options);
    }

    /// <summary>
    /// True when HTML is surely what the sanitiser would write: found out in one pass, without a tree. False says nothing.
    /// </summary>
    public static bool IsSanitized(ReadOnlySpan<char> html, HtmlSanitizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Quotes == QuoteHandling.Keep && SanitizedForm.Is(html, options);
    }

    /// <summary>Sanitises whatever the form is.</summary>
    internal static SanitizedHtml Rewrite(string html, HtmlSanitizerOptions options)
    {
        if (HtmlNesting.IsHostile(html))
        {
            var text = new StringBuilder("<pre>");
            TextCleaner.AppendHtml(text, HtmlText.ToText(html));
            return new SanitizedHtml(text.Append("</pre>").ToString(), null);
        }

        var parser = new HtmlParser(new HtmlParserOptions
        {
            MaximumDepth = options.DepthMax,
            SkipComments = true,
            SkipScriptText = true,
            SkipProcessingInstructions = true,
            IsScripting = false,
            // Attributes that are dropped anyway are never built: a tag with a million of them costs nothing.
            ShouldEmitAttribute = (ref token, name) =>
                HtmlAllowList.IsAttributeKnown(token.Name.Memory.Span, name.Span)
                || (options.Quotes is QuoteHandling.Mark or QuoteHandling.Cut && token.Name == "div"
                    && name.Span is "class" or "id" or "style")
                || (options.AllowsClasses
                    && name.Span.Equals("class", StringComparison.OrdinalIgnoreCase)
                    && HtmlAllowList.MayHaveClass(token.Name.Memory.Span)),
        });
        using var document = parser.ParseDocument(html);
        var output = new StringBuilder(Math.Min(html.Length, 1 << 20));
        var hasQuote = document.Body is { } body && Write(output, body, options);

        var title = TextCleaner.Squeeze(TextCleaner.RemoveControls(document.Title ?? ""));
        return new SanitizedHtml(output.ToString().Trim(), title.Length == 0 ? null : title) { HasQuote = hasQuote };
    }

    /// <summary>Writes what is in an element; says whether a quoted mail was met.</summary>
    private static bool Write(StringBuilder output, IElement root, HtmlSanitizerOptions options)
    {
        var hasQuote = false;
        var preformatted = -1;
        // Positions are kept here, because a node finds its next sibling by searching all of them.
        var path = new Stack<(INode Parent, int Next)>();
        path.Push((root, 0));
        while (path.TryPop(out var level))
        {
            if (level.Next >= level.Parent.ChildNodes.Length)
            {
                if (path.Count > 0)
                {
                    Close(output, level.Parent);
                }

                continue;
            }

            var node = level.Parent.ChildNodes[level.Next];
            path.Push((level.Parent, level.Next + 1));
            hasQuote |= IsQuote(node, options);
            if (!(hasQuote && options.Quotes == QuoteHandling.Cut) && Open(output, node, options, ref preformatted))
            {
                path.Push((node, 0));
            }
        }

        return hasQuote;
    }

    private static bool IsQuote(INode node, HtmlSanitizerOptions options) =>
        options.Quotes is QuoteHandling.Mark or QuoteHandling.Cut && node is IElement element && MailQuote.IsContainer(element);

    /// <summary>
    /// Writes a node's start; says whether its children are to be visited. <paramref name="preformatted"/> is where the last
    /// start tag of preformatted text ended in the output.
    /// </summary>
    private static bool Open(StringBuilder output, INode node, HtmlSanitizerOptions options, ref int preformatted)
    {
        if (node is IText text)
        {
            var start = output.Length;
            TextCleaner.AppendHtml(output, text.Data);
            if (start == preformatted && output.Length > start && output[start] == '\n')
            {
                // A parser drops the line feed that comes first.
                output.Insert(start, '\n');
            }

            return false;
        }

        if (node is not IElement element || HtmlAllowList.IsDropped(element.LocalName)
            || element.NamespaceUri != "http://www.w3.org/1999/xhtml")
        {
            return false;
        }

        if (element.LocalName == "img")
        {
            WriteImage(output, element, options);
            return false;
        }

        if (element.LocalName == "input")
        {
            WriteCheckbox(output, element);
            return false;
        }

        if (element.LocalName == "blockquote" && options.Quotes is QuoteHandling.Drop or QuoteHandling.Cut)
        {
            return false;
        }

        if (HtmlAllowList.IsAllowed(element.LocalName))
        {
            output.Append('<').Append(element.LocalName);
            var isMarked = options.Quotes == QuoteHandling.Mark && MailQuote.IsContainer(element);
            output.Append(isMarked ? $" class=\"{MailQuote.Class}\"" : "");
            foreach (var attribute in isMarked ? [] : element.Attributes.AsEnumerable())
            {
                WriteAttribute(output, element.LocalName, attribute, options);
            }

            output.Append('>');
            preformatted = element.LocalName == "pre" ? output.Length : preformatted;
        }

        return true;
    }

    private static void Close(StringBuilder output, INode node)
    {
        if (node is IElement element && HtmlAllowList.IsAllowed(element.LocalName)
            && !HtmlAllowList.IsVoid(element.LocalName))
        {
            output.Append("</").Append(element.LocalName).Append('>');
        }
    }

    private static void WriteAttribute(
        StringBuilder output,
        string element,
        IAttr attribute,
        HtmlSanitizerOptions options)
    {
        var isAllowed = attribute.LocalName == "class"
            ? options.AllowsClasses
                && HtmlAllowList.MayHaveClass(element)
                && HtmlAllowList.IsClassSafe(attribute.Value)
            : HtmlAllowList.IsAttributeAllowed(element, attribute.LocalName);
        if (!isAllowed || (attribute.LocalName == "href" && !HtmlAllowList.IsLinkSafe(attribute.Value)))
        {
            return;
        }

        output.Append(' ').Append(attribute.LocalName).Append("=\"");
        TextCleaner.AppendHtml(output, attribute.Value.Trim());
        output.Append('"');
    }

    private static void WriteImage(StringBuilder output, IElement image, HtmlSanitizerOptions options)
    {
        var source = image.GetAttribute("src")?.Trim() ?? "";
        source = options.ResolveImage?.Invoke(source) ?? source;
        var alternative = image.GetAttribute("alt") ?? "";
        if (!HtmlAllowList.IsImageSafe(source, options))
        {
            TextCleaner.AppendHtml(output, alternative);
            return;
        }

        output.Append("<img src=\"");
        TextCleaner.AppendHtml(output, source);
        output.Append("\" alt=\"");
        TextCleaner.AppendHtml(output, alternative);
        output.Append('"');
        var names = image.GetAttribute("class");
        if (options.AllowsClasses && names is not null && HtmlAllowList.IsClassSafe(names))
        {
            output.Append(" class=\"").Append(names.Trim()).Append('"');
        }

        foreach (var name in (ReadOnlySpan<string>)["width", "height"])
        {
            if (int.TryParse(image.GetAttribute(name), out var size) && size is > 0 and < 10_000)
            {
                output.Append(' ').Append(name).Append("=\"").Append(size).Append('"');
            }
        }

        output.Append('>');
    }

    private static void WriteCheckbox(StringBuilder output, IElement input)
    {
        // Task lists show their state; no other control has a place in a display fragment.
        if (string.Equals(input.GetAttribute("type"), "checkbox", StringComparison.OrdinalIgnoreCase))
        {
            output.Append("<input type=\"checkbox\" disabled")
                .Append(input.HasAttribute("checked") ? " checked>" : ">");
        }
    }
}
