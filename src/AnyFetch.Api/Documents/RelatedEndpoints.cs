using AnyFetch.Api.Http;
using AnyFetch.Api.Representations;
using AnyFetch.Api.Search;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Search;

namespace AnyFetch.Api.Documents;

/// <summary>The documents that one names as related, searched and paged like any (search-and-projection §1.7).</summary>
internal sealed class RelatedEndpoints(
    VisibleDocuments visible,
    SearchPages pages,
    ShownDocuments shown)
{
    public void Map(ApiRoutes routes)
    {
        foreach (var path in DocumentPaths.With("/related"))
        {
            routes.Get(path, GetAsync).RequireScope(Scopes.ReadDocuments).Describe(RelatedDescriptions.Get);
        }
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        // "id" in the query would be a filter of the search; here the path alone says which document is meant.
        var read = SearchParameters.Read(call);
        var found = await visible.FindAsync(call).ConfigureAwait(false);
        if ((read.Error ?? found.Error) is { } error)
        {
            return error;
        }

        var document = found.Document!;
        var query = read.Value! with
        {
            Request = read.Value.Request with
            {
                Ids = [.. RelatedDocuments.IdsOf(document).Take(SearchParameters.FiltersMax)],
                Sort = SearchSort.CreationDate,
                IsReversed = true,
            },
        };
        var (page, malformed) = query.Request.Ids!.Count == 0
            ? (await pages.DescribeAsync(call, query, new SearchResult()).ConfigureAwait(false), null)
            : await pages.FindAsync(call, query).ConfigureAwait(false);
        if (page is null)
        {
            return malformed!;
        }

        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            shown.WriteHeading(writer, document, page.Context);
            pages.Write(writer, page);
            writer.WriteEndObject();
        });
    }
}
