using AnyFetch.Api.Companies;
using AnyFetch.Api.Http;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Search;

namespace AnyFetch.Api.DocumentTypes;

/// <summary>The document types that the caller's company can use (api.md §5).</summary>
internal sealed class DocumentTypeEndpoints(DocumentTypeCatalog catalog, CompanyTree companies, ISearchIndex index)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/document_types", ListAsync).RequireScope(Scopes.ReadDocumentTypes)
            .Describe(DocumentTypeDescriptions.List);
        routes.Get("/document_types/{id}", GetAsync).RequireScope(Scopes.ReadDocumentTypes)
            .Describe(DocumentTypeDescriptions.Get);
    }

    private async ValueTask<ApiResult> ListAsync(ApiCall call)
    {
        var caller = call.Caller;
        var types = new List<DocumentType>();
        foreach (var type in (await catalog.GetAsync(call.Aborted).ConfigureAwait(false)).All)
        {
            if (await companies.CanUseAsync(caller.Company, type.Owner, call.Aborted).ConfigureAwait(false))
            {
                types.Add(type);
            }
        }

        var request = new SearchRequest { Company = caller.Company.Id, Viewer = caller.User.Id, Limit = 0 };
        var search = await index.SearchAsync(request, call.Aborted).ConfigureAwait(false);
        var uses = search.Facets.Types.ToDictionary(f => f.Value);
        return new JsonResult(writer =>
        {
            writer.WriteStartArray();
            foreach (var type in types)
            {
                var use = uses.TryGetValue(type.Id, out var facet)
                    ? new DocumentTypeUse(facet.Count, facet.LatestModification)
                    : default;
                DocumentTypeWriter.Write(writer, type, use);
            }

            writer.WriteEndArray();
        });
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        if (!DocumentTypeId.TryParse(call.PathValue("id"), out var id))
        {
            return Error.InvalidArgument("The id must be 24 hexadecimal digits.");
        }

        var type = (await catalog.GetAsync(call.Aborted).ConfigureAwait(false)).Find(id);
        return type is not null
            && await companies.CanUseAsync(call.Caller.Company, type.Owner, call.Aborted).ConfigureAwait(false)
                ? new JsonResult(writer => DocumentTypeWriter.Write(writer, type, use: null))
                : new Error(ErrorCode.ResourceNotFound, "There is no such document type.");
    }
}
