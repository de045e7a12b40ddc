using System.Text.Json.Nodes;
using AnyFetch.Client;

namespace AnyFetch.Provider.Store;

/// <summary>One connected account (provider-protocol, section 3), secrets opened.</summary>
internal sealed record AccountRow
{
    public required long Id { get; init; }

    /// <summary>The AnyFetch token; null when the keys that sealed it are lost.</summary>
    public required string? Token { get; init; }

    public required string Name { get; init; }

    public required JsonObject Data { get; init; }

    public string? Cursor { get; init; }

    public long? UpdatingSince { get; init; }

    public long? Heartbeat { get; init; }

    public long? LastUpdate { get; init; }

    public bool RequireRefresh { get; init; }

    public long? PausedUntil { get; init; }

    /// <summary>The number of the listing that marks what it has seen.</summary>
    public long Listing { get; init; }

    public ListingState ListingState { get; init; }

    public RunRequest? RunRequest { get; init; }

    public int? DocumentsPerUpdate { get; init; }

    /// <summary>What its company takes for junk.</summary>
    public JunkList Junk { get; init; } = JunkList.Default;

    /// <summary>
    /// The fingerprint of what was junk when the last listing of everything began; null while none has since such lists exist: then
    /// the default was.
    /// </summary>
    public string? JunkListed { get; init; }

    /// <summary>
    /// Whether the cursor is of a listing with another list of junk. Nothing that happened since tells of files that are no junk any
    /// more: everything is to be listed.
    /// </summary>
    /// <param name="otherwise">The provider's own list.</param>
    public bool IsJunkChanged(JunkNames otherwise) => Cursor is not null
        && JunkList.Fingerprint(Junk.Over(otherwise)) != (JunkListed ?? JunkList.Fingerprint(JunkNames.Default));

    public AccountSchedule Schedule { get; init; } = new();

    /// <summary>When the provider itself updates it next; null while nobody has planned it.</summary>
    public long? NextRun { get; init; }

    /// <summary>When a listing of everything ended last.</summary>
    public long? LastFull { get; init; }

    /// <summary>What the source was asked to do for it; null when it was not, or the keys that sealed it are lost.</summary>
    public Subscription? Subscription { get; init; }

    public long? LastSuccess { get; init; }

    public string? LastError { get; init; }

    /// <summary>The token is the only thing that a record must never print.</summary>
    public override string ToString() => $"account {Id}";
}
