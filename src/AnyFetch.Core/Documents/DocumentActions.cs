using System.Buffers;
using System.Text.Json;
using AnyFetch.Core.Json;

namespace AnyFetch.Core.Documents;

/// <summary>The two shapes of <c>actions</c> (legacy-providers-api §4).</summary>
internal static class DocumentActions
{
    /// <summary>True when every value is text.</summary>
    internal static bool AreUrls(JsonFields actions)
    {
        foreach (var action in actions.Element.EnumerateObject())
        {
            if (action.Value.ValueKind != JsonValueKind.String)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Reads <c>[{"type": …, "url": …}]</c> from its opening bracket to its closing one. Null when an entry lacks one
    /// of the two or gives something else than text; the last of two equal types wins.
    /// </summary>
    internal static JsonFields? ReadList(ref Utf8JsonReader reader)
    {
        using var list = JsonDocument.ParseValue(ref reader);
        try
        {
            return Collect(list.RootElement) is { } actions ? Write(actions) : null;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A string holds half a surrogate pair.", e);
        }
    }

    private static OrderedDictionary<string, string>? Collect(JsonElement list)
    {
        var actions = new OrderedDictionary<string, string>();
        foreach (var entry in list.EnumerateArray())
        {
            if (Text(entry, "type") is not { Length: > 0 } type || Text(entry, "url") is not { } url)
            {
                return null;
            }

            actions[type] = url;
        }

        return actions;
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object
        && entry.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static JsonFields Write(OrderedDictionary<string, string> actions)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, JsonFieldsMerge.WriterOptions))
        {
            writer.WriteStartObject();
            foreach (var (type, url) in actions)
            {
                writer.WriteString(type, url);
            }

            writer.WriteEndObject();
        }

        return JsonFields.FromTrusted(buffer.WrittenMemory);
    }
}
