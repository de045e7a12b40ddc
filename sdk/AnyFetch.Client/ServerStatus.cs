namespace AnyFetch.Client;

/// <summary>The answer of <c>GET /status</c>.</summary>
public sealed record ServerStatus
{
    /// <summary><c>ok</c> when the server serves.</summary>
    public string Status { get; init; } = "";

    /// <summary>Free text, usually empty.</summary>
    public string Message { get; init; } = "";
}
