using AnyFetch.Api.Errors;
using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Api.Http;

/// <summary>What a handler answers. An <see cref="Error"/> is one, too.</summary>
internal abstract class ApiResult
{
    /// <summary>204.</summary>
    public static ApiResult NoContent { get; } = new NoContentResult();

    /// <summary>For an answer that a handler has written itself, as one that streams a file does.</summary>
    public static ApiResult Written { get; } = new WrittenResult();

    /// <summary>Writes the answer.</summary>
    public abstract ValueTask WriteAsync(ApiCall call);

    public static implicit operator ApiResult(Error error) => new ErrorResult(error);

    private sealed class NoContentResult : ApiResult
    {
        public override ValueTask WriteAsync(ApiCall call)
        {
            call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class WrittenResult : ApiResult
    {
        public override ValueTask WriteAsync(ApiCall call) => ValueTask.CompletedTask;
    }

    private sealed class ErrorResult(Error error) : ApiResult
    {
        public override ValueTask WriteAsync(ApiCall call) => ErrorWriter.WriteAsync(call.Http, error);
    }
}
