using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Filters;
using AnyFetch.Hydrater.Text;
using Markdig;
using Markdig.Syntax;

namespace AnyFetch.Hydraters.Markdown;

/// <summary>Renders Markdown (hydraters.md §9): CommonMark with tables, task lists, footnotes and front matter.</summary>
public sealed class MarkdownHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "markdown";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseGridTables().UseTaskLists().UseFootnotes().UseYamlFrontMatter().UseAutoLinks()
        .UseEmphasisExtras().Build();

    private readonly MarkdownHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public MarkdownHydrater(MarkdownHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Renders Markdown documents.",
            Filters = [FilterBuilder.ForType("file").WithExtension("md", "mkd", "markdown").WithFile().Build()],
            Excludes = [Plaintext.PlaintextHydrater.ShortName],
            Concurrency = options.Concurrency,
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var source = await ReadAsync(context, cancellationToken).ConfigureAwait(false);
        var (markdown, html) = Render(source);
        var changes = context.Changes;
        changes.DocumentType = "document";
        changes.ContentType = "text/markdown";
        var text = TextCleaner.Clean(HtmlText.StripTags(html));
        if (text.Length > 0)
        {
            changes.Html = html;
            changes.Text = text;
        }

        WriteInfo(markdown, source, context);
        return HydrationResult.Changed(changes);
    }

    private async Task<string> ReadAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        var file = context.RequireFile();
        if (file.Length > 0 && !file.Content.IsText)
        {
            throw new HydrationException("The file is not text.");
        }

        var bytes = new byte[Math.Min(file.Length, _options.FileBytesMax)];
        var stream = file.OpenRead();
        await using (stream.ConfigureAwait(false))
        {
            await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        if (file.Length > bytes.Length)
        {
            context.Changes.Truncated = true;
        }

        return CharsetDetector.Decode(bytes);
    }

    /// <summary>
    /// The parsed text and its safe HTML. What nests too deep for the renderer is an attack rather than a document, and is
    /// shown as it is written.
    /// </summary>
    internal static (MarkdownDocument? Markdown, string Html) Render(string source)
    {
        try
        {
            var markdown = Markdig.Markdown.Parse(source, Pipeline);
            return (markdown, HtmlSanitizer.Sanitize(markdown.ToHtml(Pipeline)).Html);
        }
        catch (ArgumentException)
        {
            var html = new StringBuilder("<pre>");
            TextCleaner.AppendHtml(html, source);
            return (null, html.Append("</pre>").ToString());
        }
    }

    private static void WriteInfo(MarkdownDocument? markdown, string source, HydrationContext context)
    {
        if (markdown is null)
        {
            return;
        }

        var info = FrontMatter.Read(markdown, source);
        var before = context.Document;
        var title = info.Title ?? FrontMatter.FirstHeading(markdown);
        if (!string.IsNullOrWhiteSpace(title) && !before.HasMetadata("title"))
        {
            context.Changes.Metadata["title"] = TextCleaner.CleanAndSqueeze(title);
        }

        if (info.Tags.Count > 0 && !before.HasMetadata("tags"))
        {
            context.Changes.Metadata["tags"] = new JsonArray(
                [.. info.Tags.Select(tag => (JsonNode)TextCleaner.CleanAndSqueeze(tag))]);
        }
    }
}
