using AnyFetch.Api.Authentication;
using AnyFetch.Api.Errors;
using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Api.Http;

/// <summary>
/// What every answer of the API has: CORS headers, and the documented shape for what goes wrong outside a handler
/// (unknown route, wrong verb, malformed request, crash).
/// </summary>
internal sealed class ApiPipeline(RequestDelegate next, ILogger<ApiPipeline> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        var isOurs = endpoint is null || endpoint.Metadata.GetMetadata<EndpointAccess>() is not null;
        if (isOurs)
        {
            ApiHeaders.AddTo(http.Response.Headers);
        }

        try
        {
            await next(http).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(http, RequestFaults.ErrorOf(e)).ConfigureAwait(false);
            return;
        }
        catch (IOException e) when (e.InnerException is OverflowException && !http.Response.HasStarted)
        {
            // The length of a chunk fits into no number: the one malformed body for which Kestrel has no exception of its own.
            await AnswerAsync(http, new Error(ErrorCode.BadRequest, "The body's chunks are malformed.")).ConfigureAwait(false);
            return;
        }
        catch (StoreFailureException e)
        {
            ApiLog.StoreFailed(logger, e, http.Request.Method, http.Request.Path);
            await AnswerAsync(http, FromStoreFailure(e)).ConfigureAwait(false);
            return;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; there is nobody to answer.
            return;
        }
        catch (Exception e) when (e is not Batch.BodyTooLongException && !http.Response.HasStarted)
        {
            ApiLog.RequestFailed(logger, e, http.Request.Method, http.Request.Path);
            await AnswerAsync(http, new Error(ErrorCode.InternalServerError, "An unexpected error; it was logged."))
                .ConfigureAwait(false);
            return;
        }

        if (!http.Response.HasStarted && http.Response is { ContentLength: null, ContentType: null })
        {
            await CompleteAsync(http).ConfigureAwait(false);
        }
    }

    /// <summary>Routing, and whoever binds parameters, answers with a bare status.</summary>
    private static ValueTask CompleteAsync(HttpContext http)
    {
        switch (http.Response.StatusCode)
        {
            case StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType:
                return ErrorWriter.WriteAsync(http, new Error(ErrorCode.BadRequest, "The request cannot be understood."));
            case StatusCodes.Status404NotFound:
                return ErrorWriter.WriteAsync(http, new Error(ErrorCode.NotFound, "There is nothing at this path."));
            case StatusCodes.Status405MethodNotAllowed:
                ApiHeaders.AddTo(http.Response.Headers);
                return ErrorWriter.WriteAsync(
                    http,
                    new Error(ErrorCode.MethodNotAllowed, $"{http.Request.Method} is not supported on this path."));
            default:
                return ValueTask.CompletedTask;
        }
    }

    private static async ValueTask AnswerAsync(HttpContext http, Error error)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        ApiHeaders.AddTo(http.Response.Headers);
        await ErrorWriter.WriteAsync(http, error).ConfigureAwait(false);
    }

    private static Error FromStoreFailure(StoreFailureException exception) =>
        exception.Failure == StoreFailure.Full
            ? new Error(ErrorCode.InsufficientStorage, "The disk is full; nothing was stored.")
            : new Error(ErrorCode.ServiceUnavailable, "The store cannot be used now; try again.");
}
