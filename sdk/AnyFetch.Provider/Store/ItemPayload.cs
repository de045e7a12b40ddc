using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client;

namespace AnyFetch.Provider.Store;

/// <summary>The part of an item that travels through the queue as JSON.</summary>
internal sealed record ItemPayload
{
    public const int CharactersMax = 1024 * 1024;

    public string? SourceId { get; init; }

    public DocumentDraft? Document { get; init; }

    public JsonObject? Payload { get; init; }

    public ItemAccess? Access { get; init; }

    public static string? Format(SyncItem.Upsert item)
    {
        if (item is { SourceId: null, Document: null, Payload: null, Access: null })
        {
            return null;
        }

        var content = new ItemPayload
        {
            SourceId = item.SourceId, Document = item.Document, Payload = item.Payload, Access = item.Access,
        };
        return JsonSerializer.Serialize(content, ProviderJson.Default.ItemPayload);
    }

    public static ItemPayload Parse(string? json) =>
        json is null ? new ItemPayload() : JsonSerializer.Deserialize(json, ProviderJson.Default.ItemPayload)!;
}
