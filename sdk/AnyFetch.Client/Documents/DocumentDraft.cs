using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client.Http;

namespace AnyFetch.Client;

/// <summary>
/// What is sent to create or change a document (api.md section 5). An absent (null) member is not sent, and the server
/// leaves it as it was; <c>metadata</c> and <c>data</c> merge one level deep, and a key set to null there is erased.
/// </summary>
public sealed record DocumentDraft
{
    /// <summary>The provider's own text for the item; the same identifier from the same token is the same document.</summary>
    public string? Identifier { get; init; }

    /// <summary>The id of a document to update instead of <see cref="Identifier"/>; never both.</summary>
    public string? Id { get; init; }

    /// <summary>The name or the id of a document type; the server takes <c>file</c> when absent.</summary>
    public string? DocumentType { get; init; }

    /// <summary>Searchable content; a <c>title</c> or a <c>path</c> is advised.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>Content that is only displayed.</summary>
    public JsonObject? Data { get; init; }

    /// <summary>Links by name: <c>show, download, reply, share, delete</c>.</summary>
    public IReadOnlyDictionary<string, string>? Actions { get; init; }

    /// <summary>Ids or identifiers of related documents.</summary>
    public IReadOnlyList<string>? Related { get; init; }

    /// <summary>The users (ids or access tokens) who may see it; null leaves it as it is, at creation everyone.</summary>
    public IReadOnlyList<string>? UserAccess { get; init; }

    /// <summary>Sends an explicit null as <c>user_access</c>: the whole company may see the document again.</summary>
    public bool OpenToCompany { get; init; }

    /// <summary>When the item was made; the server takes now at creation.</summary>
    public DateTimeOffset? CreationDate { get; init; }

    /// <summary>When the item last changed; the server takes now.</summary>
    public DateTimeOffset? ModificationDate { get; init; }

    internal ReadOnlyMemory<byte> ToUtf8Json()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WriteTo(writer);
        }

        return buffer.WrittenMemory;
    }

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteTexts(writer);
        WriteObject(writer, "metadata", Metadata);
        WriteObject(writer, "data", Data);
        WriteActions(writer);
        WriteList(writer, "related", Related);
        WriteAccess(writer);
        writer.WriteEndObject();
    }

    private void WriteTexts(Utf8JsonWriter writer)
    {
        WriteText(writer, "id", Id);
        WriteText(writer, "identifier", Identifier);
        WriteText(writer, "document_type", DocumentType);
        WriteText(writer, "creation_date", CreationDate is { } made ? UtcDateConverter.Format(made) : null);
        WriteText(writer, "modification_date", ModificationDate is { } set ? UtcDateConverter.Format(set) : null);
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, string name, JsonObject? value)
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    private void WriteActions(Utf8JsonWriter writer)
    {
        if (Actions is null)
        {
            return;
        }

        writer.WriteStartObject("actions");
        foreach (var (name, url) in Actions)
        {
            writer.WriteString(name, url);
        }

        writer.WriteEndObject();
    }

    private void WriteAccess(Utf8JsonWriter writer)
    {
        if (OpenToCompany)
        {
            writer.WriteNull("user_access");
            return;
        }

        WriteList(writer, "user_access", UserAccess);
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string>? values)
    {
        if (values is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
