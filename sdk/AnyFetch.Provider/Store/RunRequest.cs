namespace AnyFetch.Provider.Store;

/// <summary>A run that was asked for; it survives a restart.</summary>
internal sealed record RunRequest
{
    public required int DocumentsPerUpdate { get; init; }

    public required string ApiUrl { get; init; }

    /// <summary><c>manual</c>, <c>schedule</c>, <c>watch</c>, <c>webhook</c>, <c>connect</c>, <c>force</c> or <c>backlog</c>.</summary>
    public required string Reason { get; init; }

    public required long RequestedAt { get; init; }

    public bool Force { get; init; }

    /// <summary>Lists everything, whatever the cursor; what did not change is not sent again.</summary>
    public bool Full { get; init; }

    /// <summary>Sends who may see the known documents, and nothing else.</summary>
    public bool PermissionsOnly { get; init; }

    public bool DryRun { get; init; }
}
