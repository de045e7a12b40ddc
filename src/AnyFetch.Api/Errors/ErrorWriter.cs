using AnyFetch.Api.Http;
using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Api.Errors;

/// <summary>The one place where errors are written: <c>{"code", "message"}</c> with the catalogue's status.</summary>
public static class ErrorWriter
{
    /// <summary>Answers with an error. The response must not have started.</summary>
    /// <param name="http">The request to answer.</param>
    /// <param name="error">What is wrong.</param>
    public static async ValueTask WriteAsync(HttpContext http, Error error)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(error);
        var status = ErrorCatalog.StatusOf(error.Code);
        if (status == StatusCodes.Status401Unauthorized)
        {
            // Basic is not offered: browsers would open their own dialogue (api.md §8, 21).
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        await JsonResult.SendAsync(http, ToJson(error), status).ConfigureAwait(false);
    }

    /// <summary>The body of an error, as UTF-8 JSON.</summary>
    /// <param name="error">What is wrong.</param>
    public static ReadOnlyMemory<byte> ToJson(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        using var output = JsonOutput.Rent();
        var writer = output.Writer;
        writer.WriteStartObject();
        writer.WriteString("code"u8, error.Code.ToString());
        writer.WriteString("message"u8, error.Message);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory.ToArray();
    }
}
