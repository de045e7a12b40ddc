using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AnyFetch.Core.Json;

/// <summary>First-level merging of JSON objects.</summary>
internal static class JsonFieldsMerge
{
    /// <summary>Text outside ASCII stays as it is: it is stored as UTF-8 and escaped again where HTML is made.</summary>
    internal static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = JsonFields.DepthMax,
    };

    internal static JsonFields Merge(JsonFields stored, JsonFields change)
    {
        if (change.IsEmpty)
        {
            return stored;
        }

        if (stored.IsEmpty && change.IsNormal)
        {
            return change;
        }

        var values = new OrderedDictionary<string, JsonElement>();
        Apply(values, stored.Element);
        Apply(values, change.Element);
        return Write(values);
    }

    private static void Apply(OrderedDictionary<string, JsonElement> values, JsonElement change)
    {
        foreach (var property in change.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
            {
                values.Remove(property.Name);
            }
            else
            {
                values[property.Name] = property.Value;
            }
        }
    }

    private static JsonFields Write(OrderedDictionary<string, JsonElement> values)
    {
        if (values.Count == 0)
        {
            return JsonFields.Empty;
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in values)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonFields.FromNormal(buffer.WrittenMemory);
    }
}
