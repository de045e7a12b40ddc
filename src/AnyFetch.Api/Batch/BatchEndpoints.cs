using System.Text.Json;
using AnyFetch.Api.Http;
using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Api.Batch;

/// <summary>Several pages in one call, each as its own <c>GET</c> with the caller's credentials (api.md §5).</summary>
internal sealed class BatchEndpoints(BatchPages pages)
{
    /// <summary>Most pages of one call.</summary>
    public const int PagesMax = 9;

    public void Map(ApiRoutes routes) => routes.Get("/batch", GetAsync).Describe(BatchDescriptions.Get);

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        var values = call.Http.Request.Query["pages"];
        var paths = values.Where(p => !string.IsNullOrEmpty(p)).Select(p => p!).Distinct().ToArray();
        if (paths.Length == 0)
        {
            return Error.MissingParameter("pages");
        }

        if (values.Count > PagesMax || paths.Any(p => p[0] != '/'))
        {
            return Error.InvalidArgument($"The parameter 'pages' must hold 1 to {PagesMax} paths that begin with '/'.");
        }

        if (BatchPages.IsInside(call.Http))
        {
            return Error.InvalidArgument("A batch cannot be a page of a batch.");
        }

        var answers = await Task.WhenAll(paths.Select(path => pages.GetAsync(call, path))).ConfigureAwait(false);
        var failed = Array.FindIndex(answers, a => a.Status != StatusCodes.Status200OK);
        return new JsonResult(
            writer =>
            {
                writer.WriteStartObject();
                for (var i = 0; i < paths.Length; i++)
                {
                    writer.WritePropertyName(paths[i]);
                    writer.WriteRawValue(answers[i].Json.Span, skipInputValidation: true);
                }

                if (failed >= 0)
                {
                    writer.WriteString("errored"u8, paths[failed]);
                }

                writer.WriteEndObject();
            },
            failed < 0 ? StatusCodes.Status200OK : answers[failed].Status);
    }
}
