using System.Text.Json;
using AnyFetch.Core.DocumentTypes;

namespace AnyFetch.Search.Mapping;

/// <summary>
/// Reads the <c>es_mapping</c> of a document type over the default mapping. Attributes that it does not know, or
/// with values of a wrong kind, have no effect.
/// </summary>
internal static class MappingReader
{
    /// <summary>Deepest nesting of <c>properties</c> that is read.</summary>
    private const int DepthMax = 16;

    /// <summary>Largest boost; more would drown every other field.</summary>
    private const float BoostMax = 32;

    /// <summary>The mapping of the metadata of documents without a known type.</summary>
    public static FieldMapping Default { get; } = WithDefaults(new FieldMapping(), new HashSet<string>());

    /// <summary>The mapping of a type's metadata.</summary>
    public static FieldMapping Read(DocumentType type)
    {
        var root = type.Mapping.Element;
        var mapped = new FieldMapping();
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (FindMetadata(root) is { } metadata)
            AddProperties(mapped, metadata, names, 0);
        return WithDefaults(mapped, names);
    }

    /// <summary>Keys that are compared exactly in a type (first level, or dotted below).</summary>
    public static IEnumerable<string> NotAnalyzedKeys(DocumentType type) =>
        ["hash", .. FindMetadata(type.Mapping.Element) is { } metadata ? NotAnalyzed(metadata, "", 0) : []];

    private static FieldMapping WithDefaults(FieldMapping mapping, HashSet<string> names)
    {
        Default("title", new FieldMapping { Type = FieldType.Text, Boost = 4 });
        Default("path", new FieldMapping { Type = FieldType.Text });
        Default("text", new FieldMapping { Type = FieldType.Text });
        Default("hash", new FieldMapping { Type = FieldType.Text, IsNotAnalyzed = true });
        Default("starred", new FieldMapping { Type = FieldType.Boolean });
        return mapping;

        void Default(string name, FieldMapping field)
        {
            if (!names.Contains(name))
                mapping.Add(name, field);
        }
    }

    /// <summary>The mapping may stand below the type's name, as Elasticsearch printed it.</summary>
    private static JsonElement? FindMetadata(JsonElement root)
    {
        if (Properties(root) is { } properties && properties.TryGetProperty("metadata", out var metadata))
            return metadata;
        return root.ValueKind == JsonValueKind.Object && root.EnumerateObject().ToList() is [{ Value: var only }]
            && Properties(only) is { } inner && inner.TryGetProperty("metadata", out metadata)
            ? metadata
            : null;
    }

    private static JsonElement? Properties(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("properties", out var properties)
            && properties.ValueKind == JsonValueKind.Object ? properties : null;

    private static void AddProperties(FieldMapping mapping, JsonElement element, HashSet<string> names, int depth)
    {
        if (depth == DepthMax || Properties(element) is not { } properties)
            return;
        foreach (var property in properties.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object)
                continue;
            var field = Field(property.Value);
            AddProperties(field, property.Value, [], depth + 1);
            mapping.Add(property.Name, field);
            names.Add(property.Name);
        }
    }

    private static FieldMapping Field(JsonElement element) => new()
    {
        Type = Text(element, "type") switch
        {
            "string" or "text" or "keyword" => FieldType.Text,
            "date" => FieldType.Date,
            "integer" or "long" or "short" => FieldType.Integer,
            "boolean" => FieldType.Boolean,
            "object" or "nested" => FieldType.Object,
            _ => Properties(element) is null ? FieldType.Inferred : FieldType.Object,
        },
        Boost = element.TryGetProperty("boost", out var boost) && boost.ValueKind == JsonValueKind.Number
            && boost.TryGetSingle(out var value) ? Math.Clamp(value, 0, BoostMax) : 1,
        IsNotAnalyzed = IsNotAnalyzed(element),
        IsPhoneNumber = Text(element, "analyzer") == "phone_number",
    };

    private static bool IsNotAnalyzed(JsonElement element) => Text(element, "index") == "not_analyzed";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static IEnumerable<string> NotAnalyzed(JsonElement element, string prefix, int depth)
    {
        if (depth == DepthMax || Properties(element) is not { } properties)
            yield break;
        foreach (var property in properties.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Object))
        {
            var key = prefix + property.Name;
            if (IsNotAnalyzed(property.Value))
                yield return key;
            foreach (var below in NotAnalyzed(property.Value, key + ".", depth + 1))
                yield return below;
        }
    }
}
