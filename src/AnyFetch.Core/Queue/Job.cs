namespace AnyFetch.Core.Queue;

/// <summary>A job that a worker holds under a lease. Whoever holds the lease alone may end it.</summary>
public sealed record Job
{
    public required JobKey Key { get; init; }

    public required string Payload { get; init; }

    public int Priority { get; init; }

    /// <summary>How many times it was leased, this one included.</summary>
    public required int Attempts { get; init; }

    /// <summary>Names this lease; a later lease of the same job has another.</summary>
    public required long Lease { get; init; }
}

/// <summary>A job that was given up.</summary>
public sealed record DeadJob(JobKey Key, string Payload, int Attempts, string Reason, DateTimeOffset DiedAt);

/// <summary>How many jobs a queue holds.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Waiting">Not leased, due or not.</param>
/// <param name="Running">Leased.</param>
/// <param name="Dead">Given up.</param>
/// <param name="OldestDueSeconds">For how long the oldest due job has been waiting; 0 when none is.</param>
public sealed record QueueCounts(string Queue, long Waiting, long Running, long Dead, double OldestDueSeconds);
