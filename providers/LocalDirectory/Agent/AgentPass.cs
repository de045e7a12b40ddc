namespace AnyFetch.Providers.LocalDirectory.Agent;

/// <summary>What one comparison of a directory with the server did.</summary>
public sealed record AgentPass
{
    /// <summary>Files that were sent.</summary>
    public int Sent { get; init; }

    /// <summary>Documents that were deleted.</summary>
    public int Deleted { get; init; }

    /// <summary>Files that may still grow and wait for the next pass.</summary>
    public int Waiting { get; init; }

    /// <summary>Deletions that were not made because they are suspiciously many.</summary>
    public int Withheld { get; init; }

    /// <summary>Files that could not be sent or read.</summary>
    public int Failed { get; init; }

    /// <summary>Some of those, with the reasons.</summary>
    public IReadOnlyList<AgentFailure> Failures { get; init; } = [];
}
