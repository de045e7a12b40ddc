using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AnyFetch.Api.Http.Bodies;
using AnyFetch.Core.Json;
using Microsoft.Extensions.Primitives;

namespace AnyFetch.Api.Documents;

/// <summary>
/// Turns the fields of a form into the JSON body that they stand for: objects and lists are sent as JSON text, lists
/// also as repeated names, and an empty <c>source</c> is null (legacy-providers-api §2).
/// </summary>
internal static class FormJson
{
    private static readonly JsonWriterOptions s_writerOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = JsonFields.DepthMax + 1,
    };

    public static ReadOnlyMemory<byte> Write(FormFields fields)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, s_writerOptions))
        {
            writer.WriteStartObject();
            foreach (var (name, values) in fields.Values)
            {
                writer.WritePropertyName(name);
                WriteValue(writer, name, values);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, StringValues values)
    {
        var text = values[^1] ?? "";
        switch (name)
        {
            case "metadata" or "metadatas" or "data" or "actions":
                WriteJsonOrText(writer, text);
                break;
            case "related" or "user_access" or "userAccess":
                WriteList(writer, values);
                break;
            case "source" when text is "" or "null":
                writer.WriteNullValue();
                break;
            default:
                writer.WriteStringValue(text);
                break;
        }
    }

    private static void WriteList(Utf8JsonWriter writer, StringValues values)
    {
        if (values.Count == 1 && values[0]?.Trim() is "null" or ['[', ..])
        {
            WriteJsonOrText(writer, values[0]!);
            return;
        }

        writer.WriteStartArray();
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    /// <summary>Text that is no JSON stays text: whoever reads the body says that it has the wrong type.</summary>
    private static void WriteJsonOrText(Utf8JsonWriter writer, string text)
    {
        try
        {
            UnicodeText.Parse(Encoding.UTF8.GetBytes(text)).WriteTo(writer);
        }
        catch (JsonException)
        {
            writer.WriteStringValue(text);
        }
    }
}
