using System.Text.Json;
using AnyFetch.Api.Documents;
using AnyFetch.Api.Http;
using AnyFetch.Api.Projection;
using AnyFetch.Api.Providers;
using AnyFetch.Api.Representations;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Search;

namespace AnyFetch.Api.Search;

/// <summary>A page of hits, ready to be written.</summary>
internal sealed record SearchPage(
    SearchResult Result,
    IReadOnlyList<(Document Document, float Score)> Hits,
    ShownContext Context);

/// <summary>Runs searches and writes their pages: for the search itself, and for the documents related to one.</summary>
internal sealed class SearchPages(
    ISearchIndex index,
    ExactValues exactValues,
    IDocumentStore documents,
    RelatedDocuments related,
    DocumentTypeCatalog types,
    ProviderDirectory providers,
    ProjectionInputs inputs,
    ShownDocuments shown)
{
    /// <summary>The page, or what is wrong with the query.</summary>
    public async ValueTask<(SearchPage? Page, Error? Error)> FindAsync(ApiCall call, SearchQuery query)
    {
        var (request, error) = await exactValues.NarrowAsync(query.Request, call.Aborted).ConfigureAwait(false);
        if (error is not null)
        {
            return (null, error);
        }

        var result = await index.SearchAsync(request, call.Aborted).ConfigureAwait(false);
        if (result.QueryError is { } reason)
        {
            return (null, Malformed(reason));
        }

        return (await DescribeAsync(call, query, result).ConfigureAwait(false), null);
    }

    /// <summary>The answer to a query that cannot be understood.</summary>
    public static Error Malformed(string reason) => Error.InvalidArgument($"The query is malformed: {reason}");

    /// <summary>The page of a result that is known.</summary>
    public async ValueTask<SearchPage> DescribeAsync(ApiCall call, SearchQuery query, SearchResult result)
    {
        var hits = await LoadAsync(query.Request, result.Hits, call.Aborted).ConfigureAwait(false);
        var context = new ShownContext(
            await types.GetAsync(call.Aborted).ConfigureAwait(false),
            await providers.GetAsync(query.Request.Company, call.Aborted).ConfigureAwait(false),
            inputs.Prepare(query.Request.Query, query.SnippetChars),
            query.RendersTemplates,
            call.BaseUrl);
        return new SearchPage(result, hits, context);
    }

    /// <summary>Writes <c>facets</c>, <c>data</c>, <c>count</c> and <c>max_score</c> into the object that the writer is in.</summary>
    public void Write(Utf8JsonWriter writer, SearchPage page)
    {
        writer.WritePropertyName("facets"u8);
        FacetWriter.Write(writer, page.Result.Facets, page.Context.Types, page.Context.Providers);
        writer.WriteStartArray("data"u8);
        foreach (var (document, score) in page.Hits)
        {
            shown.WriteHit(writer, document, score, page.Context);
        }

        writer.WriteEndArray();
        writer.WriteNumber("count"u8, page.Result.Count);
        if (page.Result.MaxScore is { } best)
        {
            writer.WriteNumber("max_score"u8, best);
        }
        else
        {
            writer.WriteNull("max_score"u8);
        }
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
        if (hits.Count == 0)
        {
            return [];
        }

        var ids = hits.Select(h => h.Id).ToArray();
        var found = await documents.FindManyAsync(request.Company, ids, cancellationToken).ConfigureAwait(false);
        var byId = found.ToDictionary(d => d.Id);
        var (loaded, scores) = (new List<Document>(hits.Count), new List<float>(hits.Count));
        foreach (var hit in hits)
        {
            if (byId.TryGetValue(hit.Id, out var document) && document.IsVisibleTo(request.Viewer))
            {
                loaded.Add(document);
                scores.Add(hit.Score);
            }
        }

        var narrowed = await related.NarrowAsync(loaded, request.Viewer, cancellationToken).ConfigureAwait(false);
        return [.. narrowed.Zip(scores)];
    }
}
