using System.Text.Json;
using AnyFetch.Client;

namespace AnyFetch.Cli.Commands;

/// <summary>A page of hits as the command shows it.</summary>
internal sealed record SearchView(
    long Count,
    int Start,
    IReadOnlyList<SearchHitView> Hits,
    IReadOnlyDictionary<string, long> Types)
{
    public static SearchView Of(SearchPage page, int start) => new(
        page.Count,
        start,
        [.. page.Data.Select(SearchHitView.Of)],
        page.Facets.DocumentTypes.ToDictionary(t => t.Name, t => (long)(t.DocumentCount ?? 0)));
}

/// <summary>One hit. Title and snippet hold the server's highlight markers.</summary>
internal sealed record SearchHitView(
    string Id,
    string Identifier,
    string Type,
    string Title,
    string? Path,
    string? Snippet,
    DateTimeOffset? ModificationDate,
    double? Score)
{
    private static readonly string[] s_titles = ["title", "subject", "name", "eventName"];

    public static SearchHitView Of(Document document) => new(
        document.Id,
        document.Identifier,
        document.DocumentType?.Name ?? "",
        s_titles.Select(name => Text(document, name)).FirstOrDefault(t => !string.IsNullOrEmpty(t)) ?? document.Identifier,
        Text(document, "path"),
        Text(document, "snippet") ?? Text(document, "description"),
        document.ModificationDate,
        document.Score);

    private static string? Text(Document document, string name) =>
        document.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
