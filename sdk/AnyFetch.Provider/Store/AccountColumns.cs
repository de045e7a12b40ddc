namespace AnyFetch.Provider.Store;

/// <summary>An account as the store holds it, secrets sealed. Filled by Dapper.</summary>
internal sealed class AccountColumns
{
    public long Id { get; init; }

    public byte[] Token { get; init; } = [];

    public string Name { get; init; } = "";

    public byte[] Data { get; init; } = [];

    public string? Cursor { get; init; }

    public long? UpdatingSince { get; init; }

    public long? Heartbeat { get; init; }

    public long? LastUpdate { get; init; }

    public long RequireRefresh { get; init; }

    public long? PausedUntil { get; init; }

    public long Listing { get; init; }

    public long ListingState { get; init; }

    public string? RunRequest { get; init; }

    public long? DocumentsPerUpdate { get; init; }

    public string? JunkNames { get; init; }

    public string? JunkFolders { get; init; }

    public string? JunkListed { get; init; }

    public string? Schedule { get; init; }

    public long? NextRun { get; init; }

    public long? LastFull { get; init; }

    public byte[]? Subscription { get; init; }

    public long? LastSuccess { get; init; }

    public string? LastError { get; init; }
}
