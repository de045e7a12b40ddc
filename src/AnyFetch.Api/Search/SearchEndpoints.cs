using AnyFetch.Api.Http;
using AnyFetch.Api.Projection;
using AnyFetch.Api.Providers;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Search;

namespace AnyFetch.Api.Search;

/// <summary>Searching (api.md §5, "search").</summary>
internal sealed class SearchEndpoints(
    ISearchIndex index,
    IDocumentStore documents,
    DocumentTypeCatalog types,
    ProviderDirectory providers,
    ProjectionInputs inputs,
    ShownDocuments shown)
{
    public void Map(ApiRoutes routes) => routes.Get("/documents", SearchAsync).RequireScope(Scopes.ReadDocuments);

    private async ValueTask<ApiResult> SearchAsync(ApiCall call)
    {
        var read = SearchParameters.Read(call);
        if (read.Error is { } error)
        {
            return error;
        }

        var query = read.Value!;
        var result = await index.SearchAsync(query.Request, call.Aborted).ConfigureAwait(false);
        if (result.QueryError is { } reason)
        {
            return Error.InvalidArgument($"The query is malformed: {reason}");
        }

        var hits = await LoadAsync(query.Request, result.Hits, call.Aborted).ConfigureAwait(false);
        var context = new ShownContext(
            await types.GetAsync(call.Aborted).ConfigureAwait(false),
            await providers.GetAsync(query.Request.Company, call.Aborted).ConfigureAwait(false),
            inputs.Prepare(query.Request.Query, query.SnippetChars),
            query.RendersTemplates,
            call.BaseUrl);
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("facets"u8);
            FacetWriter.Write(writer, result.Facets, context.Types, context.Providers);
            writer.WriteStartArray("data"u8);
            foreach (var (document, score) in hits)
            {
                shown.WriteHit(writer, document, score, context);
            }

            writer.WriteEndArray();
            writer.WriteNumber("count"u8, result.Count);
            if (result.MaxScore is { } best)
            {
                writer.WriteNumber("max_score"u8, best);
            }
            else
            {
                writer.WriteNull("max_score"u8);
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>
    /// The hits' documents in the hits' order. The index may be a moment behind the store, so what was deleted or
    /// hidden since is left out here.
    /// </summary>
    private async ValueTask<List<(Document Document, float Score)>> LoadAsync(
        SearchRequest request,
        IReadOnlyList<SearchHit> hits,
        CancellationToken cancellationToken)
    {
        var loaded = new List<(Document, float)>(hits.Count);
        if (hits.Count == 0)
        {
            return loaded;
        }

        var ids = hits.Select(h => h.Id).ToArray();
        var found = await documents.FindManyAsync(request.Company, ids, cancellationToken).ConfigureAwait(false);
        var byId = found.ToDictionary(d => d.Id);
        foreach (var hit in hits)
        {
            if (byId.TryGetValue(hit.Id, out var document) && document.IsVisibleTo(request.Viewer))
            {
                loaded.Add((document, hit.Score));
            }
        }

        return loaded;
    }
}
