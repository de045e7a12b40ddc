using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Api.Errors;

/// <summary>Names what the HTTP server itself finds wrong with a request.</summary>
public static class RequestFaults
{
    /// <summary>The documented error for a request that is no HTTP or breaks one of the server's bounds.</summary>
    /// <param name="exception">What the HTTP server says.</param>
    public static Error ErrorOf(BadHttpRequestException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.StatusCode switch
        {
            StatusCodes.Status405MethodNotAllowed =>
                new Error(ErrorCode.MethodNotAllowed, "The verb is not supported on this path."),
            StatusCodes.Status408RequestTimeout =>
                new Error(ErrorCode.RequestTimeout, "The request took too long to arrive."),
            StatusCodes.Status413PayloadTooLarge =>
                new Error(ErrorCode.RequestEntityTooLarge, "The body is larger than the server takes."),
            StatusCodes.Status414UriTooLong =>
                new Error(ErrorCode.UriTooLong, "The request line is longer than the server takes."),
            StatusCodes.Status431RequestHeaderFieldsTooLarge =>
                new Error(ErrorCode.HeadersTooLarge, "The headers are longer or more than the server takes."),
            StatusCodes.Status505HttpVersionNotsupported =>
                new Error(ErrorCode.HttpVersionNotSupported, "The server speaks HTTP/1.0 and HTTP/1.1."),
            _ => new Error(ErrorCode.BadRequest, exception.Message),
        };
    }
}
