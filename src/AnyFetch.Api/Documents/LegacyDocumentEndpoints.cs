using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Documents;

/// <summary>The older documents API for providers, over the same documents (legacy-providers-api).</summary>
internal sealed class LegacyDocumentEndpoints(
    DocumentBodies bodies,
    DocumentChanges changes,
    ApiParametersReader parameters)
{
    private const string Documents = "/providers/documents";

    public void Map(ApiRoutes routes)
    {
        routes.Post(Documents, PostAsync).RequireScope(Scopes.WriteDocuments).TokenOnly()
            .Describe(LegacyDocumentDescriptions.Post);
        routes.Patch(Documents, PatchAsync).RequireScope(Scopes.WriteDocuments).TokenOnly()
            .Describe(LegacyDocumentDescriptions.Patch);
        routes.Delete(Documents, DeleteAsync).RequireScope(Scopes.DeleteDocuments).TokenOnly()
            .Describe(LegacyDocumentDescriptions.Delete);
    }

    private async ValueTask<ApiResult> PostAsync(ApiCall call)
    {
        var (upload, change, error) = await ReadAsync(call).ConfigureAwait(false);
        if (error is not null)
        {
            return error;
        }

        var outcome = await changes.PutAsync(call.Caller, upload.Body, change!, call.Aborted).ConfigureAwait(false);
        return outcome.Document is { } document
            ? new JsonResult(writer => LegacyDocumentWriter.Write(writer, document, call.BaseUrl))
            : outcome.Error!;
    }

    private async ValueTask<ApiResult> PatchAsync(ApiCall call)
    {
        var (upload, change, error) = await ReadAsync(call).ConfigureAwait(false);
        if (error is not null)
        {
            return error;
        }

        var key = Key(call, upload.Body.Identifier!.Value);
        var outcome = await changes.PatchAsync(call.Caller, key, change!, identifier: null, isDatedNow: true, call.Aborted)
            .ConfigureAwait(false);
        return outcome.Error ?? ApiResult.NoContent;
    }

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        var text = read.Value?.Text("identifier");
        if ((read.Error ?? read.Value!.Error) is { } error)
        {
            return error;
        }

        if (string.IsNullOrEmpty(text))
        {
            return Error.MissingParameter("identifier");
        }

        if (!Identifier.TryParse(text, out var identifier))
        {
            return Error.InvalidArgument("The parameter 'identifier' is too long or not text.");
        }

        var outcome = await changes.DeleteAsync(call.Caller, Key(call, identifier), call.Aborted).ConfigureAwait(false);
        return outcome.Error ?? ApiResult.NoContent;
    }

    private async ValueTask<(DocumentUpload Upload, DocumentChange? Change, Error? Error)> ReadAsync(ApiCall call)
    {
        var read = await bodies.ReadAsync(call, DocumentBodyForm.Legacy, takesFile: true).ConfigureAwait(false);
        if (read.Error is not null)
        {
            return (default, null, read.Error);
        }

        if (read.Value.Body.Identifier is null)
        {
            return (default, null, Error.MissingParameter("identifier"));
        }

        var resolved = await changes.ResolveAsync(call.Caller, read.Value, call.Aborted).ConfigureAwait(false);
        return (read.Value, resolved.Change, resolved.Error);
    }

    private static DocumentKey Key(ApiCall call, Identifier identifier) =>
        DocumentKey.ByIdentifier(call.Caller.Company.Id, call.Caller.Token!.Id, identifier);
}
