using System.Text.Json.Serialization;

namespace AnyFetch.Provider.Store;

/// <summary>One queued item. There is at most one per identifier: the latest word wins, and order is kept by that.</summary>
internal sealed record ItemRow
{
    public required long Sequence { get; init; }

    public required string Identifier { get; init; }

    public required ItemOperation Operation { get; init; }

    public string? Version { get; init; }

    public string? Title { get; init; }

    public string? Payload { get; init; }

    public string? Content { get; init; }

    /// <summary>
    /// The core has this item's content already, in the document of this identifier: the item's own when only the document
    /// changed, another one when the item was moved. Null when the file must be sent.
    /// </summary>
    public string? PatchOf { get; init; }

    /// <summary>Whether the fetcher has nothing to add.</summary>
    public bool IsComplete { get; init; }

    public int Attempts { get; init; }

    public int Postponements { get; init; }

    /// <summary>Whether the core has the item under another identifier.</summary>
    [JsonIgnore]
    public bool IsMove => PatchOf is not null && PatchOf != Identifier;

    /// <summary>Whether only who may see the document is sent.</summary>
    [JsonIgnore]
    public bool IsAccessOnly => PatchOf is not null && PatchOf == Identifier && Content is null;

    /// <summary>The item as the listing yielded it.</summary>
    public SyncItem.Upsert ToUpsert()
    {
        var content = ItemPayload.Parse(Payload);
        return new SyncItem.Upsert(Identifier)
        {
            Version = Version,
            ContentVersion = Content,
            Title = Title,
            IsComplete = IsComplete,
            SourceId = content.SourceId,
            Document = content.Document,
            Payload = content.Payload,
            Access = content.Access,
        };
    }
}
