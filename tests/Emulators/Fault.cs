namespace AnyFetch.Emulators;

/// <summary>What an emulator answers instead of the truth.</summary>
/// <param name="Status">The HTTP status.</param>
public sealed record Fault(int Status)
{
    /// <summary>Seconds, or a date, as <c>Retry-After</c>; or null.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The body.</summary>
    public string Body { get; init; } = "";

    /// <summary>Whether the connection breaks after half of the true answer.</summary>
    public bool IsTruncated { get; init; }
}

/// <summary>One call that an emulator received.</summary>
/// <param name="Path">The path without the leading slash.</param>
/// <param name="Token">The bearer token.</param>
/// <param name="Argument">The question: a JSON body, a header's JSON, or a form.</param>
/// <param name="At">When it came.</param>
public sealed record EmulatedCall(string Path, string? Token, string Argument, DateTimeOffset At)
{
    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The query with its question mark, as it was sent; empty when there is none.</summary>
    public string Query { get; init; } = "";
}
