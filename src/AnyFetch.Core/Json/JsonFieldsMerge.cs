using System.Runtime.InteropServices;
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

        var properties = new OrderedDictionary<string, JsonProperty>();
        Apply(properties, stored.Element);
        Apply(properties, change.Element);
        return Write(properties.Values);
    }

    private static void Apply(OrderedDictionary<string, JsonProperty> properties, JsonElement change)
    {
        foreach (var property in change.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
            {
                properties.Remove(property.Name);
            }
            else
            {
                properties[property.Name] = property;
            }
        }
    }

    /// <summary>Copies values as they are written: they were read as JSON before, and may be megabytes long.</summary>
    private static JsonFields Write(OrderedDictionary<string, JsonProperty>.ValueCollection properties)
    {
        var length = 2 + Math.Max(0, properties.Count - 1);
        foreach (var property in properties)
        {
            length += NameOf(property).Length + ValueOf(property).Length + "\"\":"u8.Length;
        }

        var utf8 = new byte[length];
        var rest = utf8.AsSpan();
        foreach (var property in properties)
        {
            Append(rest.Length == length ? "{\""u8 : ",\""u8, ref rest);
            Append(NameOf(property), ref rest);
            Append("\":"u8, ref rest);
            Append(ValueOf(property), ref rest);
        }

        Append(properties.Count > 0 ? "}"u8 : "{}"u8, ref rest);
        return JsonFields.FromNormal(utf8);
    }

    private static ReadOnlySpan<byte> NameOf(JsonProperty property)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(property);
        return name.Contains((byte)'\\') ? JsonEncodedText.Encode(property.Name, WriterOptions.Encoder).EncodedUtf8Bytes : name;
    }

    private static ReadOnlySpan<byte> ValueOf(JsonProperty property) => JsonMarshal.GetRawUtf8Value(property.Value);

    private static void Append(ReadOnlySpan<byte> piece, ref Span<byte> rest)
    {
        piece.CopyTo(rest);
        rest = rest[piece.Length..];
    }
}
