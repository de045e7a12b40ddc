using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnyFetch.Api.OpenApi;

/// <summary>The named schemas: the files of <c>Schemas</c>, each with an example.</summary>
internal static class SchemaCatalog
{
    private const string Prefix = "openapi/schemas/";
    private const string Suffix = ".json";
    private const string Reference = "#/components/schemas/";

    private static readonly SortedDictionary<string, JsonObject> s_schemas = Load();

    /// <summary>All schemas by name, as one object of the reader's own.</summary>
    public static JsonObject All() => new(s_schemas.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value.DeepClone())));

    /// <summary>The example of a named schema.</summary>
    public static JsonNode ExampleOf(string name) => s_schemas[name]["examples"]![0]!;

    /// <summary>The example of a schema; that of a list is one of its items. Null when there is none.</summary>
    public static JsonNode? ExampleOf(JsonNode? schema)
    {
        if (schema is not JsonObject known)
        {
            return null;
        }

        if (known["$ref"]?.GetValue<string>() is { } target)
        {
            return s_schemas.TryGetValue(target[Reference.Length..], out var named) ? ExampleOf(named) : null;
        }

        if (known["examples"] is JsonArray { Count: > 0 } examples)
        {
            return examples[0]!.DeepClone();
        }

        return known["items"] is { } items && ExampleOf(items) is { } item ? new JsonArray(item) : null;
    }

    private static SortedDictionary<string, JsonObject> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var schemas = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (resource.StartsWith(Prefix, StringComparison.Ordinal))
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                var schema = JsonNode.Parse(stream)?.AsObject() ?? throw new JsonException($"{resource} is no schema.");
                schemas.Add(resource[Prefix.Length..^Suffix.Length], schema);
            }
        }

        return schemas;
    }
}
