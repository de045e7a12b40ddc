using System.Text.RegularExpressions;

namespace AnyFetch.Api.Projection;

/// <summary>The partials of search-and-projection §2.4. Each yields a whole JSON string, quotes included.</summary>
internal static partial class Partials
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["title"] =
            "\"{{#if @root.metadata.title}}{{attr 'title'}}{{else}}{{#if @root.metadata.path}}"
            + "{{extractFilename @root.metadata.path}}{{else}}Unknown document: no path.{{/if}}{{/if}}\"",
        ["data"] =
            "\"{{#if @root.data.html}}{{htmlHighlighter @root.data.html}}{{else}}"
            + "{{#toBr}}{{textHighlighter @root.data.text}}{{/toBr}}{{/if}}\"",
        ["contact-name"] =
            "\"{{#if @root.metadata.name}}{{attr 'name'}}{{else}}{{#first @root.metadata.email}}"
            + "{{#if email}}{{email}}{{else}}Anonymous{{/if}}{{else}}Anonymous{{/first}}{{/if}}\"",
    };

    /// <summary>Takes away quotes that an author wrote around a partial, which brings its own.</summary>
    public static string WithoutQuotes(string projection) => QuotedPartial().Replace(projection, "$1");

    [GeneratedRegex(
        "\"(\\{\\{~?>\\s*(?:title|data|contact-name)\\s*~?\\}\\})\"",
        RegexOptions.CultureInvariant)]
    private static partial Regex QuotedPartial();
}
