using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client;

namespace AnyFetch.Conformance.Tests.Targets;

/// <summary>Document types that tests make.</summary>
public static class OwnType
{
    private const string Plain = """{"title":"{{attr 'title'}}"}""";

    /// <summary>A type with a name that nobody has.</summary>
    public static DocumentTypeCreation Named(
        string? snippet = null, string? full = null, string mapping = "{}", string snippetTemplate = "{{title}}") => new()
        {
            Name = NewName(),
            Description = "Conformance",
            EsMapping = JsonNode.Parse(mapping)!.AsObject(),
            Projections = Views(Plain, snippet ?? Plain, full ?? snippet ?? Plain),
            Templates = Views("{{title}}", snippetTemplate, "{{title}}"),
        };

    /// <summary>The same as a body.</summary>
    public static string Json(string? name = null) => new JsonObject
    {
        ["name"] = name ?? NewName(),
        ["description"] = "Conformance",
        ["es_mapping"] = new JsonObject(),
        ["projections"] = JsonSerializer.SerializeToNode(Views(Plain, Plain, Plain)),
        ["templates"] = JsonSerializer.SerializeToNode(Views("{{title}}", "{{title}}", "{{title}}")),
    }.ToJsonString();

    private static string NewName() => $"conformance-{Guid.NewGuid():N}";

    private static Dictionary<string, string> Views(string title, string snippet, string full) =>
        new() { ["title"] = title, ["snippet"] = snippet, ["full"] = full };
}
