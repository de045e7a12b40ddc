using AnyFetch.Api.Http;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Documents;

/// <summary>Creating, changing and deleting documents (api.md §5).</summary>
internal sealed class DocumentWriteEndpoints(DocumentBodies bodies, DocumentChanges changes, RawDocuments raw)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/documents", PostAsync).RequireScope(Scopes.WriteDocuments).TokenOnly()
            .Describe(DocumentDescriptions.Post);
        foreach (var document in DocumentPaths.All)
        {
            routes.PatchOrPost(document, PatchAsync).RequireScope(Scopes.WriteDocuments)
                .Describe(DocumentDescriptions.Patch);
            routes.Delete(document, DeleteAsync).RequireScope(Scopes.DeleteDocuments).TokenOnly()
                .Describe(DocumentDescriptions.Delete);
        }
    }

    private async ValueTask<ApiResult> PostAsync(ApiCall call)
    {
        var read = await bodies.ReadAsync(call, DocumentBodyForm.Current, takesFile: false).ConfigureAwait(false);
        if ((read.Error ?? RefuseSelectors(read.Value.Body)) is { } error)
        {
            return error;
        }

        var resolved = await changes.ResolveAsync(call.Caller, read.Value, call.Aborted).ConfigureAwait(false);
        if (resolved.Change is not { } change)
        {
            return resolved.Error!;
        }

        var outcome = await changes.PutAsync(call.Caller, read.Value.Body, change, call.Aborted).ConfigureAwait(false);
        return outcome.Document is { } document
            ? await raw.AnswerStoredAsync(call, document).ConfigureAwait(false)
            : outcome.Error!;
    }

    private async ValueTask<ApiResult> PatchAsync(ApiCall call)
    {
        var read = await bodies.ReadAsync(call, DocumentBodyForm.Current, takesFile: false).ConfigureAwait(false);
        var selected = DocumentSelector.Read(call);
        if ((selected.Error ?? read.Error ?? RefuseSelectors(read.Value.Body)) is { } error)
        {
            return error;
        }

        var resolved = await changes.ResolveAsync(call.Caller, read.Value, call.Aborted).ConfigureAwait(false);
        if (resolved.Change is not { } change)
        {
            return resolved.Error!;
        }

        if (selected.Value is not { } key)
        {
            return DocumentRights.NotFound;
        }

        var outcome = await changes
            .PatchAsync(call.Caller, key, change, read.Value.Body.Identifier, isDatedNow: false, call.Aborted)
            .ConfigureAwait(false);
        return outcome.Error ?? ApiResult.NoContent;
    }

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call)
    {
        var selected = DocumentSelector.Read(call);
        if (selected.Error is { } error)
        {
            return error;
        }

        if (selected.Value is not { } key)
        {
            return DocumentRights.NotFound;
        }

        var outcome = await changes.DeleteAsync(call.Caller, key, call.Aborted).ConfigureAwait(false);
        return outcome.Error ?? ApiResult.NoContent;
    }

    private static Error? RefuseSelectors(DocumentBody body) => body is { Id: not null, Identifier: not null }
        ? new Error(ErrorCode.TooManyArguments, "Give 'id' or 'identifier', not both.")
        : null;
}
