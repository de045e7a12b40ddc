using System.Text.Json;
using AnyFetch.Filters;

namespace AnyFetch.Hydrater;

/// <summary>
/// The document as its task showed it (hydration.md §5), read-only. Maps and lists that the task left out read as empty.
/// </summary>
public sealed class HydrationDocument
{
    private static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement;
    private static readonly JsonElement EmptyList = JsonDocument.Parse("[]").RootElement;

    private CompanySettings? _company;

    /// <summary>The document as JSON. It must outlive this view: pass a cloned element if its owner is disposed of.</summary>
    public HydrationDocument(JsonElement json) => Json = json.ValueKind == JsonValueKind.Object ? json : EmptyObject;

    /// <summary>The whole document as it was received.</summary>
    public JsonElement Json { get; }

    /// <summary>The core's id (24 hex digits), or empty.</summary>
    public string Id => Text("id");

    /// <summary>The provider's own name for the document, or empty.</summary>
    public string Identifier => Text("identifier");

    /// <summary>The name of the document type, such as <c>file</c>, or empty.</summary>
    public string DocumentType => Text("document_type");

    /// <summary>The searchable map.</summary>
    public JsonElement Metadata => Member("metadata", JsonValueKind.Object, EmptyObject);

    /// <summary>The map for full display.</summary>
    public JsonElement Data => Member("data", JsonValueKind.Object, EmptyObject);

    /// <summary>Named links that people can follow.</summary>
    public JsonElement Actions => Member("actions", JsonValueKind.Object, EmptyObject);

    /// <summary>Identifiers or ids of related documents.</summary>
    public JsonElement Related => Member("related", JsonValueKind.Array, EmptyList);

    /// <summary>Ids of the users who may see the document.</summary>
    public JsonElement UserAccess => Member("user_access", JsonValueKind.Array, EmptyList);

    /// <summary>When the document was made, or null.</summary>
    public DateTimeOffset? CreationDate => Date("creation_date");

    /// <summary>When the document was last changed, or null.</summary>
    public DateTimeOffset? ModificationDate => Date("modification_date");

    /// <summary>What the document's company says about its hydration.</summary>
    public CompanySettings Company => _company ??= CompanySettings.Of(Json);

    /// <summary>The path within the source (<c>metadata.path</c>), or empty.</summary>
    public string SourcePath => MetadataText("path") ?? "";

    /// <summary>The extension of <see cref="SourcePath"/> in lower case without its dot, or empty.</summary>
    public string Extension => Sniffing.ContentSniffer.ExtensionOf(SourcePath);

    /// <summary>
    /// The token for acting on other documents of the same account (hydration.md §8), or empty. Never log it.
    /// </summary>
    internal string AccessToken => Text("access_token");

    /// <summary>The string at <c>metadata.{key}</c>, or null when it is absent or not a string.</summary>
    public string? MetadataText(string key) => StringIn(Metadata, key);

    /// <summary>The string at <c>data.{key}</c>, or null when it is absent or not a string.</summary>
    public string? DataText(string key) => StringIn(Data, key);

    /// <summary>Whether <c>metadata.{key}</c> holds something: not absent, null, false, 0 or an empty string.</summary>
    public bool HasMetadata(string key) =>
        Metadata.TryGetProperty(key, out var value) && !FilterValue.Of(value).IsAbsent;

    /// <summary>Whether <c>data.{key}</c> holds something: not absent, null, false, 0 or an empty string.</summary>
    public bool HasData(string key) =>
        Data.TryGetProperty(key, out var value) && !FilterValue.Of(value).IsAbsent;

    private string Text(string key) => StringIn(Json, key) ?? "";

    private static string? StringIn(JsonElement map, string key) =>
        map.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private JsonElement Member(string key, JsonValueKind kind, JsonElement otherwise) =>
        Json.TryGetProperty(key, out var value) && value.ValueKind == kind ? value : otherwise;

    private DateTimeOffset? Date(string key) =>
        Json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            && value.TryGetDateTimeOffset(out var date) ? date : null;
}
