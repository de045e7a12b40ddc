namespace AnyFetch.Server.Setup;

/// <summary>When the process began to serve.</summary>
internal sealed class StartTime(TimeProvider timeProvider)
{
    public DateTimeOffset At { get; } = timeProvider.GetUtcNow();
}
