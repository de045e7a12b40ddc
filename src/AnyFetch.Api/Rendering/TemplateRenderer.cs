using System.Collections.Concurrent;
using System.Text.Json;
using AnyFetch.Api.Errors;
using AnyFetch.Api.Projection;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnyFetch.Api.Rendering;

/// <summary>
/// Renders projected documents with the templates of their type. Parsed once per type and view; a broken template
/// gives empty text and a warning. What a company's own template makes is sanitised.
/// </summary>
internal sealed class TemplateRenderer(
    IHtmlSanitizer sanitizer,
    IOptions<ApiOptions> options,
    ILogger<TemplateRenderer> logger)
{
    /// <summary>Most parsed templates that are kept; with one more, all are parsed again.</summary>
    private const int ParsedMax = 10_000;

    private readonly ConcurrentDictionary<(DocumentTypeId Type, DocumentView View), Parsed> _parsed = new();

    /// <summary>The HTML of a view, from the projected object as JSON.</summary>
    public string Render(DocumentType type, DocumentView view, ReadOnlyMemory<byte> projected)
    {
        if (GetParsed(type, view).Template is not { } template)
        {
            return "";
        }

        using var writer = new BoundedWriter(options.Value.ProjectionCharsMax);
        try
        {
            using var json = JsonDocument.Parse(projected);
            template.Render(json.RootElement, writer);
        }
        catch (OutputTooLongException e)
        {
            ApiLog.TemplateBroken(logger, view.ToString(), type.Name, e.Message);
            return "";
        }

        var html = writer.ToString();
        return type.Owner is null ? html : sanitizer.Sanitize(html);
    }

    private Parsed GetParsed(DocumentType type, DocumentView view)
    {
        var text = type.Templates.Of(view);
        if (_parsed.TryGetValue((type.Id, view), out var known) && known.Text == text)
        {
            return known;
        }

        if (_parsed.Count >= ParsedMax)
        {
            _parsed.Clear();
        }

        return _parsed[(type.Id, view)] = ParseOrWarn(type, view, text);
    }

    private Parsed ParseOrWarn(DocumentType type, DocumentView view, string text)
    {
        try
        {
            return new Parsed(text, MustacheTemplate.Parse(text));
        }
        catch (FormatException e)
        {
            ApiLog.TemplateBroken(logger, view.ToString(), type.Name, e.Message);
            return new Parsed(text, null);
        }
    }

    private sealed record Parsed(string Text, MustacheTemplate? Template);
}
