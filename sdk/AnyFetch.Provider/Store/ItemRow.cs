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

    public int Attempts { get; init; }

    public int Postponements { get; init; }

    /// <summary>The item as the listing yielded it.</summary>
    public SyncItem.Upsert ToUpsert()
    {
        var content = ItemPayload.Parse(Payload);
        return new SyncItem.Upsert(Identifier)
        {
            Version = Version,
            Title = Title,
            SourceId = content.SourceId,
            Document = content.Document,
            Payload = content.Payload,
        };
    }
}
