using AnyFetch.Core.Search;

namespace AnyFetch.Api.Projection;

/// <summary>The root context of a projection, with what its helpers need besides the document's keys.</summary>
internal sealed class ProjectionInput : Dictionary<string, object?>
{
    public ProjectionInput()
        : base(StringComparer.Ordinal)
    {
    }

    public required string Query { get; init; }

    /// <summary>Where <c>shortAttr</c> cuts, in characters.</summary>
    public required int SnippetChars { get; init; }

    public required IQueryHighlighter Highlighter { get; init; }

    public required IReadOnlyDictionary<string, string> Highlight { get; init; }

    public required IReadOnlyDictionary<string, object?> Metadata { get; init; }

    public required IReadOnlyDictionary<string, object?> Data { get; init; }
}
