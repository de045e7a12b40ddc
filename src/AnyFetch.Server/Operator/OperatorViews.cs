using System.Text.Json.Serialization;

namespace AnyFetch.Server.Operator;

/// <summary>The server's state. <c>Images</c> says why documents are not drawn as images; null when they are.</summary>
public sealed record OperatorStatus(
    string Version,
    DateTimeOffset StartedAt,
    int Companies,
    long FeedEnd,
    IReadOnlyList<OperatorQueue> Queues,
    string? Images = null);

/// <summary>How many jobs a queue holds.</summary>
public sealed record OperatorQueue(string Queue, long Waiting, long Running, long Dead, double OldestDueSeconds);

/// <summary>Somebody who has an account.</summary>
public sealed record OperatorUser(string Id, string Email, string Name, string Company, bool IsAdmin);

/// <summary>Asks for a new password.</summary>
public sealed record OperatorPasswordRequest(string Email);

/// <summary>A password that was just set.</summary>
public sealed record OperatorPassword(string Email, string Password);

/// <summary>A job that was given up.</summary>
public sealed record OperatorDeadJob(
    string Queue,
    string Company,
    string Name,
    int Attempts,
    string Reason,
    DateTimeOffset DiedAt);

/// <summary>How many documents could not be read, and the latest of them.</summary>
public sealed record OperatorFailures(long Count, IReadOnlyList<OperatorFailure> Latest);

/// <summary>A document that a hydrater could not read, and why.</summary>
public sealed record OperatorFailure(string Id, string Path, string Hydrater, string Error);

/// <summary>A document that could not be indexed, so that no search finds it, and why.</summary>
public sealed record OperatorUnindexed(string Company, string Id, string Reason);

/// <summary>A request that says nothing.</summary>
public sealed record OperatorNothing;

/// <summary>How many things were done.</summary>
public sealed record OperatorCount(int Count);

/// <summary>The operator's requests and answers as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(OperatorStatus))]
[JsonSerializable(typeof(OperatorUser[]))]
[JsonSerializable(typeof(OperatorPasswordRequest))]
[JsonSerializable(typeof(OperatorPassword))]
[JsonSerializable(typeof(OperatorDeadJob[]))]
[JsonSerializable(typeof(OperatorFailures))]
[JsonSerializable(typeof(OperatorUnindexed[]))]
[JsonSerializable(typeof(OperatorNothing))]
[JsonSerializable(typeof(OperatorCount))]
public sealed partial class OperatorJson : JsonSerializerContext;
