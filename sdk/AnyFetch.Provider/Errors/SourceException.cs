using System.Net;

namespace AnyFetch.Provider;

/// <summary>
/// The source refused a call. Retried for 408, 425, 429 and 5xx, never for other statuses (provider-protocol, section 9);
/// <see cref="RetryAfter"/> pauses the whole account.
/// </summary>
public class SourceException : Exception
{
    /// <summary>Creates one.</summary>
    /// <param name="status">The source's HTTP status.</param>
    /// <param name="message">What happened, for a person; no secret.</param>
    /// <param name="retryAfter">How long the source asked to wait; or null.</param>
    public SourceException(HttpStatusCode status, string message, TimeSpan? retryAfter = null)
        : this(status, message, innerException: null, retryAfter)
    {
    }

    /// <summary>Creates one over its cause.</summary>
    /// <param name="status">The source's HTTP status.</param>
    /// <param name="message">What happened, for a person; no secret.</param>
    /// <param name="innerException">The cause; or null.</param>
    /// <param name="retryAfter">How long the source asked to wait; or null.</param>
    public SourceException(
        HttpStatusCode status, string message, Exception? innerException, TimeSpan? retryAfter = null)
        : base(message, innerException)
    {
        Status = status;
        RetryAfter = retryAfter;
        IsRetryable = retryAfter is not null || (int)status >= 500
            || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425;
    }

    /// <summary>The source's HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>How long the source asked to wait; or null.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether another attempt can help. Set it for a 403 with a rate reason.</summary>
    public bool IsRetryable { get; init; }

    /// <summary>Turns a refusal into an exception; success passes.</summary>
    /// <param name="response">The source's answer.</param>
    /// <param name="timeProvider">The clock, for a <c>Retry-After</c> that is a date.</param>
    public static void ThrowIfRefused(HttpResponseMessage response, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        throw new SourceException(
            response.StatusCode,
            $"The source answered {(int)response.StatusCode}.",
            RetryAfterOf(response, timeProvider));
    }

    /// <summary>How long an answer asks to wait (<c>Retry-After</c>, RFC 9110 section 10.2.3); null when it does not say.</summary>
    /// <param name="response">The source's answer.</param>
    /// <param name="timeProvider">The clock, for a header that is a date.</param>
    public static TimeSpan? RetryAfterOf(HttpResponseMessage response, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(timeProvider);
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - timeProvider.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
