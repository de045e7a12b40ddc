namespace AnyFetch.Providers.GoogleDrive;

/// <summary>A channel of notices, as Drive is asked for it, tells of it and is told to end it.</summary>
/// <param name="Id">The provider's own name for it, unlike any other.</param>
internal sealed record DriveChannel(string Id)
{
    public string? Type { get; init; }

    public string? Address { get; init; }

    public string? Token { get; init; }

    public string? ResourceId { get; init; }

    /// <summary>When it ends, in milliseconds since 1970.</summary>
    public long? Expiration { get; init; }
}
