using AnyFetch.Api.Documents;
using AnyFetch.Api.Http;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Search;

namespace AnyFetch.Api.Search;

/// <summary>The documents that are like one, and the keywords that make them so (search-and-projection §1.7).</summary>
internal sealed class SimilarEndpoints(
    VisibleDocuments visible,
    ISearchIndex index,
    ExactValues exactValues,
    SearchPages pages,
    ShownDocuments shown)
{
    public void Map(ApiRoutes routes)
    {
        foreach (var path in DocumentPaths.With("/similar"))
        {
            routes.Get(path, GetAsync).RequireScope(Scopes.ReadDocuments).Describe(SimilarDescriptions.Get);
        }
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        var read = SearchParameters.Read(call);
        var found = await visible.FindAsync(call).ConfigureAwait(false);
        if ((read.Error ?? found.Error) is { } error)
        {
            return error;
        }

        var document = found.Document!;
        var query = read.Value!;
        var (request, impossible) = await exactValues.NarrowAsync(query.Request, call.Aborted).ConfigureAwait(false);
        if (impossible is not null)
        {
            return impossible;
        }

        var similar = await index.SimilarAsync(new SimilarRequest(document, request), call.Aborted)
            .ConfigureAwait(false);
        if (similar.Found.QueryError is { } reason)
        {
            return SearchPages.Malformed(reason);
        }

        var page = await pages.DescribeAsync(call, query, similar.Found).ConfigureAwait(false);
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            shown.WriteHeading(writer, document, page.Context);
            writer.WriteStartArray("keywords"u8);
            foreach (var keyword in similar.Keywords)
            {
                writer.WriteStringValue(keyword);
            }

            writer.WriteEndArray();
            pages.Write(writer, page);
            writer.WriteEndObject();
        });
    }
}
