using System.Text.Json.Serialization;

namespace AnyFetch.Server.Directories;

/// <summary>How far a directory's account is, as the provider tells it (provider-protocol §9 "Progress").</summary>
public sealed record DirectoryProgress
{
    /// <summary><c>idle</c>, <c>queued</c>, <c>updating</c>, <c>paused</c> or <c>refresh_required</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>The run of now, or the last one.</summary>
    public DirectoryRun? Run { get; init; }

    /// <summary>The runs that began since this connection was made, the run of now among them.</summary>
    [JsonIgnore]
    public IReadOnlyList<DirectoryRun> Runs { get; init; } = [];

    /// <summary>Changes that were found and are not sent yet.</summary>
    public long Backlog { get; init; }

    /// <summary>Files that were sent and are still there.</summary>
    public long Known { get; init; }

    /// <summary>Files that could not be sent.</summary>
    public long Errors { get; init; }

    /// <summary>Why the last run failed.</summary>
    public string? LastError { get; init; }

    /// <summary>What is left of this run, in seconds; null when that is not known.</summary>
    public double? EtaSeconds { get; init; }

    /// <summary>True when the account has nothing to do, and has done something.</summary>
    [JsonIgnore]
    public bool IsIdle => State is "idle" or "refresh_required" && Backlog == 0 && Run is not null;
}

/// <summary>What one run did.</summary>
public sealed record DirectoryRun
{
    public long Id { get; init; }

    public string Outcome { get; init; } = "";

    public string Phase { get; init; } = "";

    public DateTimeOffset Started { get; init; }

    public long Seen { get; init; }

    public long Sent { get; init; }

    public long Skipped { get; init; }

    public long Deleted { get; init; }

    public long Failed { get; init; }

    public string? Error { get; init; }
}

/// <summary>The answer of the provider's <c>/account/runs</c>.</summary>
internal sealed record DirectoryRuns(IReadOnlyList<DirectoryRun> Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DirectoryProgress))]
[JsonSerializable(typeof(DirectoryRuns))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class DirectoryJson : JsonSerializerContext;
