using AnyFetch.Provider.Store;

namespace AnyFetch.Provider.Hosting;

/// <summary>The error shape of every route.</summary>
internal sealed record ErrorReply(string Code, string Message);

/// <summary>The answer of <c>POST /token/renewal</c>.</summary>
internal sealed record RenewalReply(string Code);

/// <summary>Waiting and working tasks of one queue.</summary>
internal sealed record QueueReply(long Pending, long Processing);

/// <summary>The answer of <c>GET /status</c>: no names in it.</summary>
internal sealed record StatusReply(
    QueueReply Users, IReadOnlyList<QueueReply> PendingQueues, long PendingDocuments, string Status, string Version);

/// <summary>The answer of <c>GET /account</c>.</summary>
internal sealed record AccountReply
{
    public required string AccountName { get; init; }

    /// <summary><c>idle</c>, <c>queued</c>, <c>updating</c>, <c>paused</c> or <c>refresh_required</c>.</summary>
    public required string State { get; init; }

    public required RunReport? Run { get; init; }

    public required long Backlog { get; init; }

    public required long Known { get; init; }

    public required long Errors { get; init; }

    public required DateTimeOffset? LastUpdate { get; init; }

    public required DateTimeOffset? LastSuccess { get; init; }

    public required string? LastError { get; init; }

    public required DateTimeOffset? PausedUntil { get; init; }

    public required long? EtaSeconds { get; init; }

    /// <summary>Documents sent and deleted per second in this run; null before the first.</summary>
    public required double? ItemsPerSecond { get; init; }

    /// <summary>When the provider updates it by itself; null while paused or left to the core.</summary>
    public required DateTimeOffset? NextRun { get; init; }

    public required AccountSchedule Schedule { get; init; }

    /// <summary>How many items a full listing no longer found, when that waits for a person's word; else null.</summary>
    public required long? PruneBlocked { get; init; }
}

/// <summary>One error as it is shown.</summary>
internal sealed record ErrorEntryReply(
    string Identifier, string? Title, string Stage, string Code, string Message, int Attempts,
    DateTimeOffset FirstSeen, DateTimeOffset LastSeen, bool Retryable);

/// <summary>The answer of <c>GET /errors</c>.</summary>
internal sealed record ErrorsReply(IReadOnlyList<ErrorEntryReply> Data, long Count);

/// <summary>The answer of <c>GET /account/runs</c>.</summary>
internal sealed record RunsReply(IReadOnlyList<RunReport> Data);
