namespace AnyFetch.Providers.Tests.Fakes;

/// <summary>The system's clock, which a test may break: what asks it for the time then fails, wherever that is.</summary>
public sealed class BreakableTime : TimeProvider
{
    private int _failures;

    public volatile bool IsBroken;

    /// <summary>How often it was asked in vain.</summary>
    public int Failures => Volatile.Read(ref _failures);

    public override DateTimeOffset GetUtcNow()
    {
        if (!IsBroken)
        {
            return System.GetUtcNow();
        }

        Interlocked.Increment(ref _failures);
        throw new IOException("The clock is broken.");
    }
}
