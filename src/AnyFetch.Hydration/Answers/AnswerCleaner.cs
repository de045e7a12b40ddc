using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Json;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Answers;

/// <summary>
/// Holds what hydraters send to the limits of hydration.md §10: <c>data.html</c> is sanitised whatever the hydrater did, long
/// texts are cut between characters, and a hydrater neither brings a file nor says where the original is.
/// </summary>
internal sealed class AnswerCleaner(IHtmlSanitizer sanitizer, IOptions<HydrationOptions> options)
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = JsonFields.DepthMax,
    };

    internal DocumentChange Clean(DocumentChange change)
    {
        var isCut = IsLong(change.Metadata, "text", options.Value.TextCharsMax)
            || IsLong(change.Data, "html", options.Value.HtmlCharsMax);
        var metadata = Replace(change.Metadata, "text", text => Cut(text, options.Value.TextCharsMax));
        var data = Replace(change.Data, "html", html => sanitizer.Sanitize(Cut(html, options.Value.HtmlCharsMax)));
        return change with
        {
            Metadata = metadata,
            Data = isCut ? MarkCut(data) : data,
            File = null,
            Source = default,
        };
    }

    private static bool IsLong(JsonFields fields, string key, int charsMax) =>
        fields.Utf8.Length > charsMax
        && fields.TryGet(key, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString()!.Length > charsMax;

    private static string Cut(string text, int charsMax)
    {
        if (text.Length <= charsMax)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[charsMax - 1]) ? charsMax - 1 : charsMax)];
    }

    /// <summary>The same instance when the key is absent, is no text or stays as it is.</summary>
    private static JsonFields Replace(JsonFields fields, string key, Func<string, string> replace)
    {
        if (fields.IsEmpty || !fields.TryGet(key, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return fields;
        }

        var text = value.GetString()!;
        var replaced = replace(text);
        return replaced == text ? fields : Write(fields, key, writer => writer.WriteStringValue(replaced));
    }

    private static JsonFields MarkCut(JsonFields data) =>
        Write(data, "truncated", static writer => writer.WriteBooleanValue(true));

    /// <summary>Copies a change with one key replaced. Nulls stay, because they erase.</summary>
    private static JsonFields Write(JsonFields fields, string key, Action<Utf8JsonWriter> writeValue)
    {
        var buffer = new ArrayBufferWriter<byte>(fields.Utf8.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            foreach (var property in fields.Element.EnumerateObject())
            {
                if (!property.NameEquals(key))
                {
                    property.WriteTo(writer);
                }
            }

            writer.WritePropertyName(key);
            writeValue(writer);
            writer.WriteEndObject();
        }

        return JsonFields.FromTrusted(buffer.WrittenMemory);
    }
}
