using System.Net;
using System.Security.Cryptography;

namespace AnyFetch.Client.Http;

/// <summary>Decides whether a call is tried again, and when: the server's word first, then full jitter.</summary>
internal sealed class RetrySchedule(AnyFetchClientOptions options)
{
    /// <summary>After an answer: only 429 and 503 say that nothing was done and that waiting helps.</summary>
    public bool ShouldWait(HttpResponseMessage response, int attempt, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (attempt >= options.RetriesMax
            || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
        {
            return false;
        }

        wait = RetryAfter(response, options.TimeProvider) ?? Backoff(attempt);
        return wait <= TimeSpan.FromSeconds(options.RetryAfterSecondsMax);
    }

    /// <summary>After a failure below HTTP, for a request that may be sent twice.</summary>
    public bool ShouldWait(Exception failure, int attempt, CancellationToken cancellationToken, out TimeSpan wait)
    {
        wait = Backoff(attempt);
        return attempt < options.RetriesMax
            && !cancellationToken.IsCancellationRequested
            && failure is HttpRequestException or TimeoutException;
    }

    /// <summary>Reads <c>Retry-After</c>, in seconds or as a date; never negative.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private TimeSpan Backoff(int attempt)
    {
        var ceiling = Math.Min(
            options.RetryDelaySecondsMax * 1000L, (long)options.RetryDelayMilliseconds << Math.Min(attempt, 20));
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)Math.Max(1, ceiling)) + 1);
    }
}
