using System.Text.Json.Nodes;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Evernote;

/// <summary>A note or an attachment as it lies in the queue.</summary>
internal sealed record EvernoteItem(string NoteId)
{
    /// <summary>The attachment's id; null for a note.</summary>
    public string? ResourceId { get; init; }

    public string? Notebook { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the attachment takes, or all that lies in the note together.</summary>
    public long Bytes { get; init; }

    public string Path { get; init; } = "/";

    public string Type { get; init; } = "application/octet-stream";

    public long? Created { get; init; }

    public long? Updated { get; init; }

    public JsonObject Write() => new()
    {
        ["note"] = NoteId,
        ["resource"] = ResourceId,
        ["notebook"] = Notebook,
        ["tags"] = new JsonArray([.. Tags.Select(tag => (JsonNode)tag)]),
        ["bytes"] = Bytes,
        ["path"] = Path,
        ["type"] = Type,
        ["created"] = Created,
        ["updated"] = Updated,
    };

    public static EvernoteItem Read(SyncItem.Upsert item)
    {
        var payload = item.Payload ?? [];
        return new EvernoteItem((string?)payload["note"] ?? item.Identifier)
        {
            ResourceId = (string?)payload["resource"],
            Notebook = (string?)payload["notebook"],
            Tags = payload["tags"] is JsonArray tags ? [.. tags.Select(tag => (string?)tag ?? "")] : [],
            Bytes = (long?)payload["bytes"] ?? 0,
            Path = (string?)payload["path"] ?? "/",
            Type = (string?)payload["type"] ?? "application/octet-stream",
            Created = (long?)payload["created"],
            Updated = (long?)payload["updated"],
        };
    }
}
