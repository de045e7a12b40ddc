using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnyFetch.Hydrater.ChangeSets;

/// <summary>Writes the parts of a change set. Texts of megabytes are common, so they are written in pieces.</summary>
internal static class ChangeSetWriter
{
    internal static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>
    /// Longest piece of a text, in characters. The writer makes room for the worst that escaping can do to what it is given
    /// at once.
    /// </summary>
    private const int PieceChars = 4096;

    /// <summary>Characters of an object's own texts.</summary>
    internal static int LengthOf(JsonObject map) => map.Sum(
        member => member.Value is JsonValue value && value.TryGetValue<string>(out var text) ? text.Length : 0);

    /// <summary>Writes an object under a name, unless it is empty.</summary>
    internal static void Write(Utf8JsonWriter writer, string name, JsonObject map)
    {
        if (map.Count > 0)
        {
            writer.WritePropertyName(name);
            Write(writer, map);
        }
    }

    /// <summary>Writes a list under a name, unless it is empty.</summary>
    internal static void Write(Utf8JsonWriter writer, string name, List<string>? list)
    {
        if (list is not { Count: > 0 })
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var item in list)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a value.</summary>
    internal static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject map:
                writer.WriteStartObject();
                foreach (var (key, value) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && text.Length > PieceChars:
                WriteLong(writer, text);
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    private static void WriteLong(Utf8JsonWriter writer, ReadOnlySpan<char> text)
    {
        for (; text.Length > PieceChars; text = text[PieceChars..])
        {
            writer.WriteStringValueSegment(text[..PieceChars], isFinalSegment: false);
        }

        writer.WriteStringValueSegment(text, isFinalSegment: true);
    }
}
