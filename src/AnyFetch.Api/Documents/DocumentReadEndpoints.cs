using AnyFetch.Api.Http;
using AnyFetch.Api.Projection;
using AnyFetch.Api.Providers;
using AnyFetch.Api.Representations;
using AnyFetch.Api.Search;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Search;

namespace AnyFetch.Api.Documents;

/// <summary>Reading one document: its full view, and what is stored of it (api.md §5).</summary>
internal sealed class DocumentReadEndpoints(
    VisibleDocuments visible,
    IDocumentStore documents,
    RawDocuments raw,
    DocumentTypeCatalog types,
    ProviderDirectory providers,
    ProjectionInputs inputs,
    ShownDocuments shown)
{
    public void Map(ApiRoutes routes)
    {
        foreach (var document in DocumentPaths.All)
        {
            routes.Get(document, GetAsync).RequireScope(Scopes.ReadDocuments).Describe(DocumentDescriptions.Get);
        }

        foreach (var rawPath in DocumentPaths.With("/raw"))
        {
            routes.Get(rawPath, GetRawAsync).RequireScope(Scopes.ReadDocuments).Describe(DocumentDescriptions.GetRaw);
        }
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        var parameters = SearchParameters.ReadShown(call);
        var found = await visible.FindAsync(call).ConfigureAwait(false);
        if ((parameters.Error ?? found.Error) is { } error)
        {
            return error;
        }

        var (search, snippetChars, rendersTemplates) = parameters.Value;
        var document = found.Document!;
        var others = await FindRelatedAsync(call, document).ConfigureAwait(false);
        var context = new ShownContext(
            await types.GetAsync(call.Aborted).ConfigureAwait(false),
            await providers.GetAsync(document.Company, call.Aborted).ConfigureAwait(false),
            inputs.Prepare(search, snippetChars),
            rendersTemplates,
            call.BaseUrl);
        return new JsonResult(writer => shown.WriteFull(writer, document, others, context));
    }

    private async ValueTask<ApiResult> GetRawAsync(ApiCall call)
    {
        var found = await visible.FindAsync(call).ConfigureAwait(false);
        return found.Document is { } document
            ? await raw.AnswerAsync(call, document).ConfigureAwait(false)
            : found.Error!;
    }

    /// <summary>The related documents that the caller may see, newest first (search-and-projection §1.7).</summary>
    private async ValueTask<IReadOnlyList<Document>> FindRelatedAsync(ApiCall call, Document document)
    {
        var ids = RelatedDocuments.IdsOf(document);
        if (ids.Length == 0)
        {
            return [];
        }

        var shownIds = ids.Take(SearchRequest.LimitMax).ToArray();
        var found = await documents.FindManyAsync(document.Company, shownIds, call.Aborted).ConfigureAwait(false);
        return
        [
            .. found
                .Where(d => d.IsVisibleTo(call.Caller.User.Id))
                .OrderByDescending(d => d.CreationDate)
                .ThenByDescending(d => d.Id.Value),
        ];
    }
}
