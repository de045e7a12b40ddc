using System.Text.Json;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Json;
using AnyFetch.Core.Search;

namespace AnyFetch.Api.Projection;

/// <summary>A query that several documents are shown for.</summary>
internal sealed record ShownQuery(string Text, IQueryHighlighter Highlighter, int SnippetChars);

/// <summary>Makes the context of a projection out of a document (search-and-projection §2).</summary>
internal sealed class ProjectionInputs(IHighlighter highlighter, IHtmlSanitizer sanitizer)
{
    /// <summary>Snippet length when the caller says nothing, in characters.</summary>
    public const int SnippetCharsDefault = 200;

    private const string Html = "html";

    private static readonly Dictionary<string, object?> s_empty = [];
    private static readonly Dictionary<string, string> s_noMarks = [];

    /// <summary>Prepares a query once for all documents of an answer.</summary>
    public ShownQuery Prepare(string? query, int? snippetChars) =>
        new(query ?? "", highlighter.ForQuery(query), snippetChars ?? SnippetCharsDefault);

    /// <summary>The context for one document. Titles and snippets do not see <c>data</c>.</summary>
    public ProjectionInput Create(Document document, DocumentView view, ShownQuery query)
    {
        var metadata = ToValues(document.Metadata);
        var data = view == DocumentView.Full ? Sanitize(ToValues(document.Data)) : s_empty;
        var marks = string.IsNullOrWhiteSpace(query.Text)
            ? s_noMarks
            : query.Highlighter.Highlight(document, query.SnippetChars);
        return new ProjectionInput
        {
            Query = query.Text,
            SnippetChars = query.SnippetChars,
            Highlighter = query.Highlighter,
            Highlight = marks,
            Metadata = metadata,
            Data = data,
            ["metadata"] = metadata,
            ["data"] = data,
            ["highlight"] = Nest(marks),
            ["query"] = query.Text,
            ["id"] = document.Id.ToString(),
            ["identifier"] = document.Identifier.Value,
            ["actions"] = ToValues(document.Actions),
            ["related"] = document.Related.ToArray<object?>(),
            ["creation_date"] = document.CreationDate,
            ["modification_date"] = document.ModificationDate,
        };
    }

    private static Dictionary<string, object?> ToValues(JsonFields fields) =>
        fields.IsEmpty ? s_empty : ProjectionValue.FromObject(fields.Element);

    /// <summary>
    /// The marks by their dotted path, as one key (<c>highlight.[messages.text]</c>) and as nested objects
    /// (<c>highlight.messages.text</c>).
    /// </summary>
    private static Dictionary<string, object?> Nest(IReadOnlyDictionary<string, string> marks)
    {
        var nested = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (path, text) in marks)
        {
            nested[path] = text;
            var parts = path.Split('.');
            var level = nested;
            for (var i = 0; i < parts.Length - 1 && level is not null; i++)
            {
                if (!level.TryGetValue(parts[i], out var inner))
                {
                    level[parts[i]] = inner = new Dictionary<string, object?>(StringComparer.Ordinal);
                }

                level = inner as Dictionary<string, object?>;
            }

            level?.TryAdd(parts[^1], text);
        }

        return nested;
    }

    /// <summary>Every text under a key <c>html</c> is made safe, at any depth: a thread has one per message.</summary>
    private Dictionary<string, object?> Sanitize(Dictionary<string, object?> data)
    {
        foreach (var key in data.Keys.ToArray())
        {
            data[key] = key == Html && data[key] is string html ? sanitizer.Sanitize(html) : SanitizeInside(data[key]);
        }

        return data;
    }

    private object? SanitizeInside(object? value)
    {
        switch (value)
        {
            case Dictionary<string, object?> inner:
                return Sanitize(inner);
            case object?[] items:
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = SanitizeInside(items[i]);
                }

                return items;
            default:
                return value;
        }
    }
}
