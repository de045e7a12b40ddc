using System.Text.Json;
using AnyFetch.Core.Documents;
using AnyFetch.Search.Mapping;

namespace AnyFetch.Search.Highlights;

/// <summary>The texts of a document's metadata by dotted path; the values of arrays stand under one path.</summary>
internal static class MetadataTexts
{
    /// <summary>Values under one path that are looked at.</summary>
    private const int ValuesMax = 1_000;

    public static Dictionary<string, List<string>> Read(Document document, FieldMapping mapping)
    {
        var texts = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        AddObject(document.Metadata.Element, "", mapping, texts);
        return texts;
    }

    private static void AddObject(
        JsonElement element, string prefix, FieldMapping mapping, Dictionary<string, List<string>> texts)
    {
        foreach (var property in element.EnumerateObject())
        {
            var child = mapping.Child(System.Text.Encoding.UTF8.GetBytes(property.Name));
            Add(property.Value, prefix + property.Name, child, texts);
        }
    }

    private static void Add(
        JsonElement value, string path, FieldMapping mapping, Dictionary<string, List<string>> texts)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AddObject(value, path + ".", mapping, texts);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Add(item, path, mapping, texts);
                break;
            case JsonValueKind.String when !mapping.IsNotAnalyzed:
                if (!texts.TryGetValue(path, out var values))
                    texts.Add(path, values = []);
                if (values.Count < ValuesMax)
                    values.Add(value.GetString()!);
                break;
        }
    }
}
