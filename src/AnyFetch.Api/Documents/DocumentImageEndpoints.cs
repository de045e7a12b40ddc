using AnyFetch.Api.Http;
using AnyFetch.Api.Projection;
using AnyFetch.Api.Rendering;
using AnyFetch.Api.Representations;
using AnyFetch.Api.Search;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Rendering;

namespace AnyFetch.Api.Documents;

/// <summary>The full view of a document as a PNG image (api.md §5, search-and-projection §4.2).</summary>
internal sealed class DocumentImageEndpoints(
    VisibleDocuments visible,
    DocumentTypeCatalog types,
    ProjectionInputs inputs,
    ShownDocuments shown,
    IPageImager imager)
{
    public void Map(ApiRoutes routes)
    {
        foreach (var path in DocumentPaths.With("/image"))
        {
            routes.Get(path, GetAsync).RequireScope(Scopes.ReadDocuments).Describe(DocumentImageDescriptions.Get);
        }
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        var parameters = SearchParameters.ReadImage(call);
        var found = await visible.FindAsync(call).ConfigureAwait(false);
        if ((parameters.Error ?? found.Error) is { } error)
        {
            return error;
        }

        var (search, width) = parameters.Value;
        var known = await types.GetAsync(call.Aborted).ConfigureAwait(false);
        var html = shown.RenderFull(found.Document!, known, inputs.Prepare(search, null));
        var request = new PageImageRequest(DocumentPage.Write(html, isFitted: width is null), width);
        var image = await imager.DrawAsync(request, call.Aborted).ConfigureAwait(false);
        if (image.Error is { } failure)
        {
            return failure;
        }

        var response = call.Http.Response;
        response.ContentType = "image/png";
        response.ContentLength = image.Png.Length;
        response.Headers.CacheControl = "private, no-cache";
        await response.BodyWriter.WriteAsync(image.Png, call.Aborted).ConfigureAwait(false);
        return ApiResult.Written;
    }
}
