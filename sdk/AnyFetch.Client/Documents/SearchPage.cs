namespace AnyFetch.Client;

/// <summary>One page of hits with what describes all of them.</summary>
public sealed record SearchPage
{
    /// <summary>How all matches spread over types, sources and months.</summary>
    public Facets Facets { get; init; } = new();

    /// <summary>The hits of this page, as snippets.</summary>
    public IReadOnlyList<Document> Data { get; init; } = [];

    /// <summary>How many documents match.</summary>
    public int Count { get; init; }

    /// <summary>The best score; null when nothing matches.</summary>
    public double? MaxScore { get; init; }
}
