using AnyFetch.Core.Descriptions;

namespace AnyFetch.Api.Search;

/// <summary>The query parameters that searches and views of documents share.</summary>
internal static class SearchQueryDescriptions
{
    /// <summary>How documents are shown.</summary>
    public static IReadOnlyList<ParameterDescription> Shown { get; } =
    [
        new(
            "search",
            Schema.Text,
            "What to look for: words, `\"phrases\"`, `AND`, `OR`, `NOT` and parentheses. Found words are highlighted.",
            "invoice"),
        new("snippet_size", Schema.Integer(1, SearchParameters.SnippetCharsMax, 200), "Characters of a snippet.", "120"),
        new(
            "render_templates",
            Schema.Flag,
            "Adds HTML made of the type's templates (`rendered_title` and one more), and leaves `data` out.",
            "true"),
    ];

    /// <summary>Which documents match, and which part of them is answered.</summary>
    public static IReadOnlyList<ParameterDescription> All { get; } =
    [
        .. Shown,
        new("strict", Schema.Flag, "Every word is needed (the default), or any.", "false"),
        new("after", Schema.Date, "Created then or later.", "2014-03-01"),
        new("before", Schema.Date, "Created before.", "2014-04-01"),
        .. Ids,
        new("@<key>", Schema.Text, "Words in one key of the metadata, such as `@name=john`.", "john"),
        new("has_<key>", Schema.Flag, "Only documents that have that key in their metadata, or that have not.", "true"),
        new("start", Schema.Integer(0, null, 0), "How many matches are left out before the page.", "0"),
        new("limit", Schema.Integer(0, null, 20), "Matches of the page, at most 1000. With 0: facets and counts only.", "10"),
        new(
            "sort",
            Schema.OneOf(
                "_score",
                "_score",
                "-_score",
                "creationDate",
                "-creationDate",
                "modificationDate",
                "-modificationDate"),
            "Dates ascend, `_score` has the best first; `-` turns it round.",
            "-creationDate"),
    ];

    private static IEnumerable<ParameterDescription> Ids =>
    [
        Repeatable("id", "Only these documents.", "53274bf4f9ad0b3a6a000001"),
        Repeatable("document_type", "Only these types.", "5252ce4ce4cfcd16f55cfa3b"),
        Repeatable("provider", "Only of these providers.", "53271a10f9ad0b3a6a000003"),
        Repeatable("token", "The same as `provider`.", "53271a10f9ad0b3a6a000003"),
    ];

    private static ParameterDescription Repeatable(string name, string text, string example) =>
        new(name, Schema.Id, text, example) { IsRepeatable = true };
}
