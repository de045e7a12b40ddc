using System.Text.Json;
using AnyFetch.Api.Http.Fields;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Api.Http;

/// <summary>
/// A JSON answer: written to a pooled buffer, so that its length is known and a failure half-way is still a clean
/// error, narrowed by <c>fields</c> when the caller asks for that, and sent.
/// </summary>
internal sealed class JsonResult(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK) : ApiResult
{
    public override async ValueTask WriteAsync(ApiCall call)
    {
        using var output = JsonOutput.Rent();
        write(output.Writer);
        output.Writer.Flush();
        var fields = status == StatusCodes.Status200OK ? call.Query("fields") : null;
        if (string.IsNullOrEmpty(fields))
        {
            await SendAsync(call.Http, output.WrittenMemory, status).ConfigureAwait(false);
            return;
        }

        using var narrowed = JsonOutput.Rent();
        FieldsFilter.Write(output.WrittenMemory.Span, FieldSelection.Parse(fields), narrowed.Writer);
        narrowed.Writer.Flush();
        await SendAsync(call.Http, narrowed.WrittenMemory, status).ConfigureAwait(false);
    }

    /// <summary>Sends UTF-8 JSON text that is ready.</summary>
    internal static ValueTask<System.IO.Pipelines.FlushResult> SendAsync(
        HttpContext http,
        ReadOnlyMemory<byte> utf8,
        int status)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = utf8.Length;
        return response.BodyWriter.WriteAsync(utf8, http.RequestAborted);
    }
}
