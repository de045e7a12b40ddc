using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnyFetch.Hydrater.ChangeSets;

/// <summary>
/// The changes that a hydrater sends back (hydration.md §5). Only keys that were written are sent; writing null erases
/// the key on the document. Empty lists and objects at the top level are left out, dates and nulls are kept.
/// </summary>
public sealed class ChangeSet
{
    private readonly Dictionary<string, JsonNode?> _fields = new(StringComparer.Ordinal);
    private readonly JsonObject _metadata = [];
    private readonly JsonObject _data = [];
    private readonly JsonObject _actions = [];
    private List<string>? _related;
    private List<string>? _userAccess;

    /// <summary>The new document type's name. An unknown one is refused by the core.</summary>
    public string DocumentType
    {
        set => _fields["document_type"] = JsonValue.Create(value);
    }

    /// <summary>When the document was made; null erases.</summary>
    public DateTimeOffset? CreationDate
    {
        set => _fields["creation_date"] = DateValue(value);
    }

    /// <summary>When the document was last changed; null erases.</summary>
    public DateTimeOffset? ModificationDate
    {
        set => _fields["modification_date"] = DateValue(value);
    }

    /// <summary>Keys merged into the document's metadata, one level deep. A null value erases its key.</summary>
    public JsonObject Metadata => _metadata;

    /// <summary>Keys merged into the document's data, one level deep. A null value erases its key.</summary>
    public JsonObject Data => _data;

    /// <summary>The document's actions.</summary>
    public JsonObject Actions => _actions;

    /// <summary>Identifiers or ids of related documents.</summary>
    public IList<string> Related => _related ??= [];

    /// <summary>Ids of users who may see the document.</summary>
    public IList<string> UserAccess => _userAccess ??= [];

    /// <summary>Searchable text, <c>metadata.text</c>: cleaned text with its angle brackets escaped, see TextCleaner.</summary>
    public string Text
    {
        set => _metadata["text"] = value;
    }

    /// <summary>The display fragment, <c>data.html</c>: already sanitised HTML.</summary>
    public string Html
    {
        set => _data["html"] = value;
    }

    /// <summary>The canonical MIME type, <c>data.content_type</c>.</summary>
    public string ContentType
    {
        set => _data["content_type"] = value;
    }

    /// <summary>Says that a part of the content was left out, <c>data.truncated</c>.</summary>
    public bool Truncated
    {
        set => _data["truncated"] = value;
    }

    /// <summary>Whether nothing would be sent.</summary>
    public bool IsEmpty =>
        _fields.Count == 0 && _metadata.Count == 0 && _data.Count == 0 && _actions.Count == 0
        && _related is not { Count: > 0 } && _userAccess is not { Count: > 0 };

    /// <summary>The cleaned change set as the callback carries it.</summary>
    public string ToJson() => Encoding.UTF8.GetString(ToUtf8Json().Span);

    /// <summary>The cleaned change set as the callback carries it, in UTF-8.</summary>
    public ReadOnlyMemory<byte> ToUtf8Json()
    {
        // Pages are megabytes long: room for most of it at once, rather than for its half, its quarter and so on.
        var longest = (ChangeSetWriter.LengthOf(_metadata) + ChangeSetWriter.LengthOf(_data)) * 17 / 16;
        var buffer = new ArrayBufferWriter<byte>(longest + 4_096);
        using (var writer = new Utf8JsonWriter(buffer, ChangeSetWriter.Options))
        {
            WriteTo(writer);
        }

        return buffer.WrittenMemory;
    }

    private void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in _fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(key);
            ChangeSetWriter.Write(writer, value);
        }

        ChangeSetWriter.Write(writer, "metadata", _metadata);
        ChangeSetWriter.Write(writer, "data", _data);
        ChangeSetWriter.Write(writer, "actions", _actions);
        ChangeSetWriter.Write(writer, "related", _related);
        ChangeSetWriter.Write(writer, "user_access", _userAccess);
        writer.WriteEndObject();
    }

    private static JsonValue? DateValue(DateTimeOffset? date) => date is { } value
        ? JsonValue.Create(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null))
        : null;
}
