using System.Text.Json;
using AnyFetch.Api.Authentication;
using AnyFetch.Api.Errors;
using AnyFetch.Api.Http;
using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AnyFetch.Api.Batch;

/// <summary>The answer of one page: its status, and its body as JSON.</summary>
internal sealed record BatchAnswer(int Status, ReadOnlyMemory<byte> Json);

/// <summary>Runs pages through the API's own routes, without a detour over the network.</summary>
internal sealed class BatchPages(IOptions<ApiOptions> options)
{
    private static readonly byte[] s_empty = "{}"u8.ToArray();

    private RequestDelegate? _routes;

    /// <summary>Gives the routes that pages are run through; called when the API is mapped.</summary>
    public void Use(RequestDelegate routes) => _routes = routes;

    /// <summary>True for the request of a page.</summary>
    public static bool IsInside(HttpContext http) => http.Features.Get<InsideBatch>() is not null;

    /// <summary>Gets one page.</summary>
    public async Task<BatchAnswer> GetAsync(ApiCall call, string path)
    {
        using var body = new BoundedStream(options.Value.DocumentBytesMax);
        var http = CreateContext(call, path, body);
        try
        {
            await _routes!(http).ConfigureAwait(false);
            await http.Response.CompleteAsync().ConfigureAwait(false);
        }
        catch (BodyTooLongException)
        {
            var error = new Error(ErrorCode.RequestEntityTooLarge, "The page is too long for a batch.");
            return new BatchAnswer(ErrorCatalog.StatusOf(error.Code), ErrorWriter.ToJson(error));
        }

        return new BatchAnswer(http.Response.StatusCode, ToJson(body.ToArray()));
    }

    private static DefaultHttpContext CreateContext(ApiCall call, string page, Stream body)
    {
        var question = page.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? page : page[..question];
        var http = new DefaultHttpContext { RequestServices = call.Http.RequestServices };
        var request = http.Request;
        request.Method = HttpMethods.Get;
        request.Protocol = call.Http.Request.Protocol;
        request.Scheme = call.Http.Request.Scheme;
        request.Host = call.Http.Request.Host;

        // As Kestrel does it: decoded but for the slash, which would make two segments of one.
        request.Path = Uri.UnescapeDataString(path.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase));
        request.QueryString = new QueryString(question < 0 || question == page.Length - 1 ? "" : page[question..]);
        request.Headers.Authorization = Authorization(call.Http);
        request.Headers.Accept = "application/json";
        http.Connection.RemoteIpAddress = call.Http.Connection.RemoteIpAddress;
        http.RequestAborted = call.Aborted;
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = page;
        http.Features.Set(new InsideBatch());
        http.Response.Body = body;
        return http;
    }

    private static string Authorization(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.Length > 0 ? header : "Bearer " + http.Request.Query[Authenticator.QueryToken][0];
    }

    /// <summary>A page without a body, or one that is no JSON, gives an empty object.</summary>
    private static ReadOnlyMemory<byte> ToJson(byte[] body)
    {
        if (body.Length == 0)
        {
            return s_empty;
        }

        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 256 });
            while (reader.Read())
            {
            }

            return body;
        }
        catch (JsonException)
        {
            return s_empty;
        }
    }

    private sealed class InsideBatch;
}
