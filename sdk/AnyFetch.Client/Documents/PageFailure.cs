namespace AnyFetch.Client;

/// <summary>Something that a provider could not read from its source.</summary>
/// <param name="Code">A short name, at most 64 characters, for example <c>Unreadable</c>.</param>
public sealed record PageFailure(string Code)
{
    /// <summary>The item's identifier; null when no single item failed.</summary>
    public string? Identifier { get; init; }

    /// <summary>The item's name for people, at most 1000 characters.</summary>
    public string? Title { get; init; }

    /// <summary>What happened, for a person; at most 1000 characters.</summary>
    public string? Message { get; init; }
}
