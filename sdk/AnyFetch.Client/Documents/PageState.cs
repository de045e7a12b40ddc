namespace AnyFetch.Client;

/// <summary>How far the calling token is, by its pages.</summary>
public sealed record PageState
{
    /// <summary>The last checkpoint; null when there is none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Pages made so far.</summary>
    public long Pages { get; init; }

    /// <summary>When the last one was made; null before the first.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>What could not be read and was not sent since, the last 100.</summary>
    public IReadOnlyList<PageFailure> Failures { get; init; } = [];
}
