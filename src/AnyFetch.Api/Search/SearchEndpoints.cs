using AnyFetch.Api.Http;
using AnyFetch.Core.AccessTokens;

namespace AnyFetch.Api.Search;

/// <summary>Searching (api.md §5, "search").</summary>
internal sealed class SearchEndpoints(SearchPages pages)
{
    public void Map(ApiRoutes routes) =>
        routes.Get("/documents", SearchAsync).RequireScope(Scopes.ReadDocuments).Describe(SearchDescriptions.Search);

    private async ValueTask<ApiResult> SearchAsync(ApiCall call)
    {
        var read = SearchParameters.Read(call);
        if (read.Error is { } wrong)
        {
            return wrong;
        }

        var (page, error) = await pages.FindAsync(call, read.Value!).ConfigureAwait(false);
        if (page is null)
        {
            return error!;
        }

        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            pages.Write(writer, page);
            writer.WriteEndObject();
        });
    }
}
