namespace AnyFetch.Server.Tests.Servers;

/// <summary>
/// The real clock with a stopwatch that stands still, for what is allowed so often in a while: no machine is so slow that the while
/// is over before the test is. Timers run in real time.
/// </summary>
internal sealed class StandingTimeProvider : TimeProvider
{
    private readonly long _timestamp = System.GetTimestamp();

    public override long GetTimestamp() => _timestamp;
}
