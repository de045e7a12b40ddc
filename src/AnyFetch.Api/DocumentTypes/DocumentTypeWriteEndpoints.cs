using System.Text.Json;
using AnyFetch.Api.Documents;
using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;

namespace AnyFetch.Api.DocumentTypes;

/// <summary>A company's own document types (api.md §5).</summary>
internal sealed class DocumentTypeWriteEndpoints(
    IDocumentTypeStore store,
    DocumentTypeCatalog catalog,
    ICompanyStore companies,
    Companies.CompanyTree tree,
    ApiParametersReader parameters,
    TimeProvider timeProvider)
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameCharsMax = 200;

    /// <summary>Longest description, projection or template, in characters.</summary>
    public const int TextCharsMax = 1024 * 1024;

    private static readonly Error s_notFound = new(ErrorCode.ResourceNotFound, "There is no such document type.");
    private static readonly Error s_notOwner = new(ErrorCode.NotAuthorized, "The document type is not the company's own.");

    public void Map(ApiRoutes routes)
    {
        routes.Post("/document_types", PostAsync).RequireScope(Scopes.WriteDocumentTypes).AdminOnly()
            .Describe(DocumentTypeDescriptions.Add);
        routes.Patch("/document_types/{id}", PatchAsync).RequireScope(Scopes.WriteDocumentTypes).AdminOnly()
            .Describe(DocumentTypeDescriptions.Change);
        routes.Delete("/document_types/{id}", DeleteAsync).RequireScope(Scopes.DeleteDocumentTypes).AdminOnly()
            .Describe(DocumentTypeDescriptions.Delete);
    }

    private async ValueTask<ApiResult> PostAsync(ApiCall call)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var body = read.Value!;
        foreach (var name in (ReadOnlySpan<string>)["name", "description", "es_mapping", "projections", "templates"])
        {
            body.Require(name);
        }

        body.RefuseOthers("name", "description", "es_mapping", "projections", "templates");
        var type = new DocumentType
        {
            Id = new DocumentTypeId(ObjectId.New(timeProvider.GetUtcNow())),
            Name = ReadText(body, "name", NameCharsMax) ?? "",
            Description = ReadText(body, "description", TextCharsMax) ?? "",
            Mapping = ReadMapping(body),
            Projections = ReadViews(body, "projections", null),
            Templates = ReadViews(body, "templates", null),
            Owner = call.Caller.Company.Id,
        };
        if (type.Name.Length == 0)
        {
            body.Refuse("name", "must not be empty");
        }

        if ((body.Error ?? DocumentRights.RefuseWrite(call.Caller)) is { } error)
        {
            return error;
        }

        if (!await store.AddAsync(type, call.Aborted).ConfigureAwait(false))
        {
            return new Error(ErrorCode.InvalidContent, "The parameter 'name' is another document type's.");
        }

        catalog.Invalidate();
        return new JsonResult(writer => DocumentTypeWriter.Write(writer, type, use: null));
    }

    private async ValueTask<ApiResult> PatchAsync(ApiCall call)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var body = read.Value!;
        body.RefuseOthers("description", "projections", "templates");
        var (type, refusal) = await FindOwnAsync(call, body.Error).ConfigureAwait(false);
        if (type is null)
        {
            return refusal!;
        }

        var changed = type with
        {
            Description = ReadText(body, "description", TextCharsMax) ?? type.Description,
            Projections = ReadViews(body, "projections", type.Projections),
            Templates = ReadViews(body, "templates", type.Templates),
        };
        if ((body.Error ?? DocumentRights.RefuseWrite(call.Caller)) is { } error)
        {
            return error;
        }

        if (!await store.UpdateAsync(changed, call.Aborted).ConfigureAwait(false))
        {
            return s_notFound;
        }

        catalog.Invalidate();
        return new JsonResult(writer => DocumentTypeWriter.Write(writer, changed, use: null));
    }

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call)
    {
        var (type, refusal) = await FindOwnAsync(call, null).ConfigureAwait(false);
        if (type is null)
        {
            return refusal!;
        }

        if (DocumentRights.RefuseWrite(call.Caller) is { } insecure)
        {
            return insecure;
        }

        var users = new List<CompanyId>();
        await AddDescendantsAsync(call.Caller.Company.Id, users, call.Aborted).ConfigureAwait(false);
        if (!await store.RemoveAsync(type.Id, users, call.Aborted).ConfigureAwait(false))
        {
            return new Error(ErrorCode.NotAuthorized, "A document uses the document type.");
        }

        catalog.Invalidate();
        return ApiResult.NoContent;
    }

    /// <summary>A type that the caller's company owns; one that it merely sees is refused, any other unknown.</summary>
    private async ValueTask<(DocumentType? Type, Error? Error)> FindOwnAsync(ApiCall call, Error? argument)
    {
        if (!DocumentTypeId.TryParse(call.PathValue("id"), out var id))
        {
            return (null, Error.InvalidArgument("The id must be 24 hexadecimal digits."));
        }

        if (argument is not null)
        {
            return (null, argument);
        }

        var type = (await catalog.GetAsync(call.Aborted).ConfigureAwait(false)).Find(id);
        if (type is null
            || !await tree.CanUseAsync(call.Caller.Company, type.Owner, call.Aborted).ConfigureAwait(false))
        {
            return (null, s_notFound);
        }

        return type.Owner == call.Caller.Company.Id ? (type, null) : (null, s_notOwner);
    }

    private async Task AddDescendantsAsync(CompanyId company, List<CompanyId> all, CancellationToken cancellationToken)
    {
        all.Add(company);
        foreach (var child in await companies.ListChildrenAsync(company, cancellationToken).ConfigureAwait(false))
        {
            await AddDescendantsAsync(child.Id, all, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string? ReadText(ApiParameters body, string name, int charsMax)
    {
        var text = body.Text(name);
        if (text?.Length > charsMax)
        {
            body.Refuse(name, $"is longer than {charsMax} characters");
        }

        return text;
    }

    private static JsonFields ReadMapping(ApiParameters body)
    {
        if (body.Json("es_mapping") is { ValueKind: JsonValueKind.Object } mapping)
        {
            return JsonFields.FromElement(mapping);
        }

        if (body.Has("es_mapping"))
        {
            body.Refuse("es_mapping", "must be an object");
        }

        return JsonFields.Empty;
    }

    /// <summary>The three texts of a view; with <paramref name="known"/> those that are not sent stay.</summary>
    private static ViewTexts ReadViews(ApiParameters body, string name, ViewTexts? known)
    {
        if (!body.Has(name))
        {
            return known ?? new ViewTexts("", "", "");
        }

        if (body.Json(name) is not { ValueKind: JsonValueKind.Object } views)
        {
            body.Refuse(name, "must be an object of texts");
            return known ?? new ViewTexts("", "", "");
        }

        return new ViewTexts(
            Read("title", known?.Title), Read("snippet", known?.Snippet), Read("full", known?.Full));

        string Read(string view, string? before)
        {
            if (views.TryGetProperty(view, out var value))
            {
                if (value.ValueKind == JsonValueKind.String && value.GetString()! is { Length: <= TextCharsMax } text)
                {
                    return text;
                }

                body.Refuse(name, $"must hold the text '{view}'");
            }
            else if (before is null)
            {
                body.Refuse(name, $"must hold the text '{view}'");
            }

            return before ?? "";
        }
    }
}
