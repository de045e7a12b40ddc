using System.Text.Json.Nodes;
using AnyFetch.Core.Descriptions;

namespace AnyFetch.Api.OpenApi;

/// <summary>The parameters of paths, which the routes' patterns name.</summary>
internal static class PathParameters
{
    private static readonly Dictionary<string, (string Schema, string Text, string Example)> s_known = new()
    {
        ["id"] = (Schema.Id, "24 hexadecimal digits, in either case.", "53274bf4f9ad0b3a6a000001"),
        ["identifier"] = (Schema.Text, "The provider's own name for the document, percent-encoded, a `/` as well. "
            + "Only documents of the calling token are found by it.", "dropbox:/invoices/1265.pdf"),
        ["task"] = (Schema.Text, "The credential that the hydrater was given, as part of its URL.", "c2VjcmV0"),
        ["clientId"] = (Schema.Id, "The application.", "53270000f9ad0b3a6a000004"),
    };

    /// <summary>The parameters of a path, in its order.</summary>
    public static IEnumerable<JsonObject> Of(string path)
    {
        foreach (var name in NamesOf(path))
        {
            var (schema, text, example) = s_known[name];
            yield return new JsonObject
            {
                ["name"] = name,
                ["in"] = "path",
                ["required"] = true,
                ["description"] = text,
                ["schema"] = JsonNode.Parse(schema),
                ["example"] = example,
            };
        }
    }

    public static IEnumerable<string> NamesOf(string path) =>
        path.Split('/').Where(s => s is ['{', .., '}']).Select(s => s[1..^1]);
}
