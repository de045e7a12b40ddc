using AnyFetch.Api.Http;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Api.OpenApi;

/// <summary>The description of the API, for programs and for people.</summary>
internal sealed class OpenApiEndpoints(OpenApiDocument document)
{
    /// <summary>Scripts and styles from here only, calls to this API only, and nobody may frame the page.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    public void Map(ApiRoutes routes)
    {
        routes.Get("/openapi/v1.json", SendDocumentAsync).AllowAnonymous().Describe(OpenApiDescriptions.Document);
        routes.Get("/docs", SendPageAsync).AllowAnonymous().Describe(OpenApiDescriptions.Page);
        routes.Get("/docs/docs.css", SendStyleAsync).AllowAnonymous().Describe(OpenApiDescriptions.Style);
        routes.Get("/docs/docs.js", SendScriptAsync).AllowAnonymous().Describe(OpenApiDescriptions.Script);
    }

    private ValueTask<ApiResult> SendDocumentAsync(ApiCall call) =>
        SendAsync(call, document.Json, document.Tag, "application/json; charset=utf-8");

    private static ValueTask<ApiResult> SendPageAsync(ApiCall call) => SendAsync(call, DocsAsset.Page);

    private static ValueTask<ApiResult> SendStyleAsync(ApiCall call) => SendAsync(call, DocsAsset.Style);

    private static ValueTask<ApiResult> SendScriptAsync(ApiCall call) => SendAsync(call, DocsAsset.Script);

    private static ValueTask<ApiResult> SendAsync(ApiCall call, DocsAsset asset)
    {
        var headers = call.Http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        return SendAsync(call, asset.Content, asset.Tag, asset.ContentType);
    }

    /// <summary>Asked about at each use and answered with 304: a new version of the server shows at once.</summary>
    private static async ValueTask<ApiResult> SendAsync(
        ApiCall call,
        ReadOnlyMemory<byte> content,
        string tag,
        string contentType)
    {
        var response = call.Http.Response;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-cache";
        if (call.Http.Request.Headers.IfNoneMatch.Contains(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return ApiResult.Written;
        }

        response.ContentType = contentType;
        response.ContentLength = content.Length;
        await response.BodyWriter.WriteAsync(content, call.Aborted).ConfigureAwait(false);
        return ApiResult.Written;
    }
}
