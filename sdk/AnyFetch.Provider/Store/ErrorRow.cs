namespace AnyFetch.Provider.Store;

/// <summary>One entry of the error list (provider-protocol, section 9).</summary>
internal sealed record ErrorRow
{
    public required string Identifier { get; init; }

    public string? Title { get; init; }

    /// <summary><c>list</c>, <c>fetch</c>, <c>send</c>, <c>delete</c> or <c>subscribe</c>.</summary>
    public required string Stage { get; init; }

    public required string Code { get; init; }

    public required string Message { get; init; }

    public int Attempts { get; init; }

    public long FirstSeen { get; init; }

    public long LastSeen { get; init; }

    public bool Retryable { get; init; }

    /// <summary>The queued item, so that it can be tried again; null when there was none.</summary>
    public string? Item { get; init; }
}
