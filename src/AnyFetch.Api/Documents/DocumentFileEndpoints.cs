using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Bodies;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AnyFetch.Api.Documents;

/// <summary>The file of a document: uploaded in one multipart part, streamed back with ranges.</summary>
internal sealed class DocumentFileEndpoints(
    VisibleDocuments visible,
    IDocumentStore documents,
    DocumentChanges changes,
    MultipartBodyReader multipart,
    IFileStore files)
{
    private const string ContentType = "application/octet-stream";

    private static readonly Error s_noFile = new(ErrorCode.ResourceNotFound, "No file is held for this document.");

    public void Map(ApiRoutes routes)
    {
        foreach (var file in DocumentPaths.With("/file"))
        {
            routes.Get(file, GetAsync).RequireScope(Scopes.ReadDocuments).Describe(DocumentDescriptions.GetFile);
            routes.Post(file, PostAsync).RequireScope(Scopes.WriteDocuments).Describe(DocumentDescriptions.PostFile);
        }
    }

    /// <summary>Streams a file that a document holds.</summary>
    public async ValueTask<ApiResult> SendAsync(ApiCall call, Document document)
    {
        if (document.File is not { } file
            || await files.OpenAsync(document.Company, file.Hash, call.Aborted).ConfigureAwait(false) is not { } content)
        {
            return s_noFile;
        }

        var result = TypedResults.Stream(
            content,
            ContentType,
            entityTag: new EntityTagHeaderValue($"\"{file.Hash}\""),
            enableRangeProcessing: content.CanSeek);
        call.Http.Response.Headers.CacheControl = "private, no-cache";
        await result.ExecuteAsync(call.Http).ConfigureAwait(false);
        return ApiResult.Written;
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        var found = await visible.FindAsync(call).ConfigureAwait(false);
        return found.Document is { } document
            ? await SendAsync(call, document).ConfigureAwait(false)
            : found.Error!;
    }

    private async ValueTask<ApiResult> PostAsync(ApiCall call)
    {
        var selected = DocumentSelector.Read(call);
        if (selected.Error is { } badReference)
        {
            return badReference;
        }

        // Two gigabytes are not read for a document that is not there. The transaction judges again.
        if (BodyKinds.Of(call.Http.Request) != BodyKind.Multipart)
        {
            return Error.MissingParameter(MultipartBodyReader.FilePart);
        }

        if (await RefuseAsync(call, selected.Value).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        var body = await multipart.ReadAsync(call, call.Caller.Company.Id).ConfigureAwait(false);
        if (body.Error is { } error)
        {
            return error;
        }

        if (body.Value!.File is not { } file)
        {
            return Error.MissingParameter(MultipartBodyReader.FilePart);
        }

        var change = new DocumentChange { File = file };
        var outcome = await changes
            .PatchAsync(call.Caller, selected.Value!.Value, change, identifier: null, isDatedNow: false, call.Aborted)
            .ConfigureAwait(false);
        return outcome.Error ?? ApiResult.NoContent;
    }

    private async ValueTask<Error?> RefuseAsync(ApiCall call, DocumentKey? key)
    {
        var stored = key is { } selected
            ? await documents.FindAsync(selected, call.Aborted).ConfigureAwait(false)
            : null;
        return DocumentRights.RefuseChange(call.Caller, stored) ?? DocumentRights.RefuseWrite(call.Caller);
    }
}
