using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AnyFetch.Hydraters.Markdown;

/// <summary>Title and tags from the YAML before a Markdown text. Only these two keys in their usual forms are read.</summary>
internal sealed record FrontMatter(string? Title, IReadOnlyList<string> Tags)
{
    private const int TagsMax = 100;
    private const int ValueCharactersMax = 500;

    internal static FrontMatter Read(MarkdownDocument markdown, string source)
    {
        string? title = null;
        var tags = new List<string>();
        if (markdown.Count == 0 || markdown[0] is not YamlFrontMatterBlock block)
        {
            return new FrontMatter(null, tags);
        }

        var isInTags = false;
        foreach (var line in source.AsSpan(block.Span.Start, block.Span.Length).ToString().Split('\n'))
        {
            var text = line.Trim();
            if (text.StartsWith("title:", StringComparison.OrdinalIgnoreCase))
            {
                title = Value(text["title:".Length..]);
            }
            else if (isInTags && text.StartsWith("- ", StringComparison.Ordinal))
            {
                Add(tags, text[2..]);
                continue;
            }
            else if (text.StartsWith("tags:", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var tag in text["tags:".Length..].Trim().Trim('[', ']').Split(','))
                {
                    Add(tags, tag);
                }

                isInTags = true;
                continue;
            }

            isInTags = false;
        }

        return new FrontMatter(string.IsNullOrEmpty(title) ? null : title, tags);
    }

    /// <summary>The text of the first heading, or null.</summary>
    internal static string? FirstHeading(MarkdownDocument markdown)
    {
        var heading = markdown.OfType<HeadingBlock>().FirstOrDefault();
        return heading?.Inline is null ? null : string.Concat(heading.Inline.Descendants().Select(TextOf));
    }

    private static string TextOf(MarkdownObject inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline => " ",
        _ => "",
    };

    private static void Add(List<string> tags, string tag)
    {
        if (Value(tag) is { Length: > 0 } value && tags.Count < TagsMax)
        {
            tags.Add(value);
        }
    }

    private static string Value(string text)
    {
        var value = text.Trim();
        value = value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
        return value.Length <= ValueCharactersMax ? value : value[..ValueCharactersMax];
    }
}
