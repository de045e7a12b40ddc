namespace AnyFetch.Core.Queue;

/// <summary>Exponential back-off with full jitter: the delay is drawn between zero and a ceiling that doubles.</summary>
public static class RetryDelay
{
    /// <param name="attempt">How many attempts failed, from 1.</param>
    /// <param name="baseDelay">The ceiling after the first failure.</param>
    /// <param name="maxDelay">The highest ceiling.</param>
    /// <param name="random">Draws the delay; a test gives a seeded one.</param>
    public static TimeSpan Next(int attempt, TimeSpan baseDelay, TimeSpan maxDelay, Random random)
    {
        var doublings = Math.Clamp(attempt - 1, 0, 30);
        var ceiling = Math.Min(maxDelay.TotalSeconds, baseDelay.TotalSeconds * (1L << doublings));
        return TimeSpan.FromSeconds(ceiling * random.NextDouble());
    }
}
