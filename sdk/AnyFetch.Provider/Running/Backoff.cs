using System.Security.Cryptography;

namespace AnyFetch.Provider.Running;

/// <summary>Exponential back-off with full jitter: anything from nothing to the ceiling, which doubles each time.</summary>
internal static class Backoff
{
    private const int DoublingsMax = 20;

    public static TimeSpan Next(AnyFetchProviderOptions options, int attempt)
    {
        var ceiling = Math.Min(
            options.RetryDelaySecondsMax * 1000L,
            (long)options.RetryDelayMilliseconds << Math.Clamp(attempt - 1, 0, DoublingsMax));
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)Math.Max(1, ceiling) + 1));
    }
}
