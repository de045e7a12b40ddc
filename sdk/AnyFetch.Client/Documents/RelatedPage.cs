using System.Text.Json;

namespace AnyFetch.Client;

/// <summary>The answer of <c>similar</c> and <c>related</c>: the source's title and the documents found.</summary>
public sealed record RelatedPage
{
    /// <summary>The source's title projection.</summary>
    public JsonElement? Title { get; init; }

    /// <summary>The source's type.</summary>
    public DocumentType? DocumentType { get; init; }

    /// <summary>The terms that were searched; only for <c>similar</c>.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>How the found documents spread.</summary>
    public Facets Facets { get; init; } = new();

    /// <summary>The found documents, as snippets.</summary>
    public IReadOnlyList<Document> Data { get; init; } = [];

    /// <summary>How many were found.</summary>
    public int Count { get; init; }

    /// <summary>The best score; null when nothing was found.</summary>
    public double? MaxScore { get; init; }
}
