using System.Text;

namespace AnyFetch.Hydrater.Hosting;

/// <summary>How a task ended, and what the callback carries.</summary>
/// <param name="Kind">How the hydrater ended; <see cref="HydrationResultKind.Nothing"/> is reported with the payload <c>{}</c>.</param>
/// <param name="Payload">
/// The JSON body that the callback carries in UTF-8: the cleaned change set or the error; null when there is no callback.
/// </param>
/// <param name="Error">The message, for <see cref="HydrationResultKind.Failed"/>.</param>
/// <param name="IsTransient">Whether a failure may pass when the task is tried again.</param>
public sealed record HydrationOutcome(
    HydrationResultKind Kind, ReadOnlyMemory<byte>? Payload, string? Error, bool IsTransient)
{
    /// <summary>Whether the hydrater failed.</summary>
    public bool HasFailed => Kind == HydrationResultKind.Failed;

    /// <summary>The payload as text, or null.</summary>
    public string? PayloadText => Payload is { } payload ? Encoding.UTF8.GetString(payload.Span) : null;
}
