using System.Text;
using System.Text.Json;

namespace AnyFetch.Api.Http.Fields;

/// <summary>Copies JSON text, leaving out what was not selected (api.md §6). Arrays are transparent.</summary>
internal static class FieldsFilter
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 256 };

    /// <summary>Writes the selected part of a JSON text.</summary>
    public static void Write(ReadOnlySpan<byte> json, FieldSelection selection, Utf8JsonWriter writer)
    {
        var reader = new Utf8JsonReader(json, s_options);
        reader.Read();
        Copy(ref reader, json, selection, writer);
    }

    private static void Copy(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> json,
        FieldSelection selection,
        Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray when !selection.IsWhole:
                writer.WriteStartArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    Copy(ref reader, json, selection, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonTokenType.StartObject when !selection.IsWhole:
                CopyObject(ref reader, json, selection, writer);
                break;
            default:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                writer.WriteRawValue(json[start..(int)reader.BytesConsumed], skipInputValidation: true);
                break;
        }
    }

    private static void CopyObject(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> json,
        FieldSelection selection,
        Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
            var child = selection.Find(name);
            if (child is not null)
            {
                writer.WritePropertyName(name);
            }

            reader.Read();
            if (child is not null)
            {
                Copy(ref reader, json, child, writer);
            }
            else
            {
                reader.Skip();
            }
        }

        writer.WriteEndObject();
    }
}
