namespace AnyFetch.Client;

/// <summary>The matches created in one UTC month.</summary>
public sealed record DateFacet
{
    /// <summary>The month's first instant in milliseconds since 1970, as text.</summary>
    public string Timestamp { get; init; } = "";

    /// <summary>The month's first instant.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>How many documents.</summary>
    public int DocumentCount { get; init; }
}
