using System.Text.Json.Nodes;

namespace AnyFetch.Certification;

/// <summary>One request that the fake platform received.</summary>
public sealed record RecordedCall(string Method, string Path, string? Token, string? Form, JsonNode? Json, DateTimeOffset At)
{
    public string Key => $"{Method} {Path}";

    /// <summary>Ends when the caller no longer waits for the answer.</summary>
    public CancellationToken Aborted { get; init; }

    /// <summary>Whether the caller had hung up already when the request was read.</summary>
    public bool WasGivenUp { get; init; }

    /// <summary>Whether the caller has hung up. The connection itself tells, sooner than <see cref="Aborted"/> on a busy machine.</summary>
    public Func<bool> IsGivenUp { get; init; } = static () => false;
}

/// <summary>What the platform should answer instead of its usual answer.</summary>
public sealed record ForcedReply(int Status, string? RetryAfter = null);
