using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AnyFetch.Core.Json;

/// <summary>
/// A JSON object kept as its UTF-8 text: what <c>metadata</c>, <c>data</c> and <c>actions</c> are. Merging works on
/// the first level only, so nested values are never taken apart (api.md §5, create; legacy §3.2).
/// </summary>
/// <remarks>Immutable. A parsed view is made on first use and kept.</remarks>
public sealed class JsonFields : IEquatable<JsonFields>
{
    /// <summary>Deepest nesting that is accepted, counted from the document's body.</summary>
    public const int DepthMax = 64;

    /// <summary>The object without keys.</summary>
    public static JsonFields Empty { get; } = new("{}"u8.ToArray());

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = DepthMax };

    private readonly ReadOnlyMemory<byte> _utf8;
    private JsonElement? _element;

    private JsonFields(ReadOnlyMemory<byte> utf8, bool isNormal = false)
    {
        _utf8 = utf8;
        IsNormal = isNormal;
    }

    /// <summary>The object as UTF-8 JSON text.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8;

    /// <summary>True when the object has no key.</summary>
    public bool IsEmpty => _utf8.Length == 2;

    /// <summary>
    /// True when it is known that no first-level key is null or stands twice, so that merging it into nothing is a
    /// matter of taking it as it is.
    /// </summary>
    internal bool IsNormal { get; }

    /// <summary>The parsed object.</summary>
    public JsonElement Element => _element ??= Parse(_utf8);

    /// <summary>Takes UTF-8 text that the store wrote or that was checked before. It is not copied.</summary>
    public static JsonFields FromTrusted(ReadOnlyMemory<byte> utf8) => utf8.Length == 2 ? Empty : new JsonFields(utf8);

    /// <summary>As <see cref="FromTrusted"/>, for text whose first level holds no null and no key twice.</summary>
    internal static JsonFields FromNormal(ReadOnlyMemory<byte> utf8) =>
        utf8.Length == 2 ? Empty : new JsonFields(utf8, isNormal: true);

    /// <summary>
    /// Reads the object that the reader stands on, drops first-level keys whose value is null, lets the last of
    /// two equal keys win, and moves the reader to the object's end.
    /// </summary>
    /// <param name="body">The whole text that the reader was made over, valid UTF-8.</param>
    /// <param name="reader">Stands on the object's opening brace.</param>
    /// <exception cref="JsonException">Not an object, malformed, or holding text that is not Unicode.</exception>
    public static JsonFields Read(ReadOnlySpan<byte> body, ref Utf8JsonReader reader)
    {
        var fields = JsonFieldsReader.Read(body, ref reader, out var isNormal);
        return isNormal ? fields : JsonFieldsMerge.Merge(Empty, fields);
    }

    /// <summary>As <see cref="Read"/>, for a change: keys whose value is null stay, in order to erase.</summary>
    /// <exception cref="JsonException">Not an object, malformed, or holding text that is not Unicode.</exception>
    public static JsonFields ReadChange(ReadOnlySpan<byte> body, ref Utf8JsonReader reader) =>
        JsonFieldsReader.Read(body, ref reader, out _);

    /// <summary>Copies a parsed object.</summary>
    public static JsonFields FromElement(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, JsonFieldsMerge.WriterOptions))
        {
            element.WriteTo(writer);
        }

        return FromTrusted(buffer.WrittenMemory);
    }

    /// <summary>Reads JSON text of an object.</summary>
    /// <exception cref="JsonException">Not an object or malformed.</exception>
    public static JsonFields FromText([StringSyntax(StringSyntaxAttribute.Json)] string json)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DepthMax });
        reader.Read();
        return Read(body, ref reader);
    }

    /// <summary>Writes this object where the writer stands.</summary>
    public void WriteTo(Utf8JsonWriter writer) => writer.WriteRawValue(_utf8.Span, skipInputValidation: true);

    /// <summary>
    /// Applies a change on the first level: its keys replace, absent keys stay, a null value erases. Nested values
    /// are replaced whole.
    /// </summary>
    public JsonFields Merge(JsonFields change) => JsonFieldsMerge.Merge(this, change);

    /// <summary>Copies the object with one first-level key replaced or added, at the end. Nulls stay.</summary>
    /// <param name="name">The key.</param>
    /// <param name="writeValue">Writes its value.</param>
    public JsonFields With(string name, Action<Utf8JsonWriter> writeValue)
    {
        ArgumentNullException.ThrowIfNull(writeValue);
        var buffer = new ArrayBufferWriter<byte>(_utf8.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer, JsonFieldsMerge.WriterOptions))
        {
            writer.WriteStartObject();
            foreach (var property in Element.EnumerateObject().Where(p => !p.NameEquals(name)))
            {
                writer.WritePropertyName(property.Name);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(property.Value), skipInputValidation: true);
            }

            writer.WritePropertyName(name);
            writeValue(writer);
            writer.WriteEndObject();
        }

        return FromTrusted(buffer.WrittenMemory);
    }

    /// <summary>Looks up a first-level key.</summary>
    public bool TryGet(string name, out JsonElement value) => Element.TryGetProperty(name, out value);

    /// <inheritdoc/>
    public bool Equals(JsonFields? other) => other is not null && _utf8.Span.SequenceEqual(other._utf8.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JsonFields);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>The JSON text.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(_utf8.Span);

    private static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        // Not disposed: the element lives as long as this object, and the parser's buffers go with the garbage.
        return JsonDocument.Parse(utf8, s_options).RootElement;
    }
}
