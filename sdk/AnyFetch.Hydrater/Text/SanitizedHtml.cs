namespace AnyFetch.Hydrater.Text;

/// <summary>The safe part of an HTML page.</summary>
/// <param name="Html">The body as a fragment of allowed elements, well-formed.</param>
/// <param name="Title">The page's title, cleaned, or null.</param>
public sealed record SanitizedHtml(string Html, string? Title)
{
    /// <summary>Whether a container of a quoted mail was met; only looked for with marking and cutting.</summary>
    public bool HasQuote { get; init; }
}
