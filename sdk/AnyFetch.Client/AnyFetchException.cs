using System.Net;

namespace AnyFetch.Client;

/// <summary>The server refused a call: its status, code and message, as api.md section 2 lists them.</summary>
public sealed class AnyFetchException : Exception
{
    /// <summary>Creates a refusal.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The error code, for example <c>ResourceNotFound</c>; empty when the server sent none.</param>
    /// <param name="message">The server's own words.</param>
    /// <param name="retryAfter">How long the server asked to wait, or null.</param>
    public AnyFetchException(HttpStatusCode status, string code, string message, TimeSpan? retryAfter = null)
        : base(message)
    {
        Status = status;
        Code = code;
        RetryAfter = retryAfter;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The error code, for example <c>InvalidArgument</c>; empty when the server sent none.</summary>
    public string Code { get; }

    /// <summary>How long the server asked to wait before another call, from <c>Retry-After</c>; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; }
}
