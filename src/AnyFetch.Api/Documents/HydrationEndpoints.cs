using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Api.Documents;

/// <summary>
/// The two URLs that a hydrater gets, which carry their own credential (hydration.md §5), and running hydraters again.
/// </summary>
internal sealed class HydrationEndpoints(
    IHydration hydration,
    DocumentBodies bodies,
    DocumentFileEndpoints files,
    VisibleDocuments visible,
    ApiParametersReader parameters)
{
    private static readonly Error s_gone = new(ErrorCode.Gone, "The task is over, or its document was deleted.");

    public void Map(ApiRoutes routes)
    {
        routes.Patch("/hydration/tasks/{task}", AnswerAsync).AllowAnonymous().Describe(HydrationDescriptions.Answer);
        routes.Get("/hydration/tasks/{task}/file", GetFileAsync).AllowAnonymous()
            .Describe(HydrationDescriptions.GetFile);
        foreach (var hydrate in DocumentPaths.With("/hydrate"))
        {
            routes.Post(hydrate, HydrateAsync).RequireScope(Scopes.WriteDocuments).AdminOnly()
                .Describe(HydrationDescriptions.HydrateAgain);
        }
    }

    private async ValueTask<ApiResult> GetFileAsync(ApiCall call)
    {
        var document = await hydration.FindTaskAsync(call.PathValue("task"), call.Aborted).ConfigureAwait(false);
        return document is null ? s_gone : await files.SendAsync(call, document).ConfigureAwait(false);
    }

    private async ValueTask<ApiResult> AnswerAsync(ApiCall call)
    {
        var task = call.PathValue("task");
        var read = await bodies.ReadAsync(call, DocumentBodyForm.Callback, takesFile: false).ConfigureAwait(false);
        if (read.Error is { } malformed && malformed.Code != ErrorCode.InvalidArgument)
        {
            // What cannot be parsed at all may have been cut on its way and may be sent again. A wrong value, such as
            // an unknown type, is that hydrater's failure: sending it again would not help.
            return malformed;
        }

        var said = read.Error is { } wrong
            ? new DocumentBodyResult(null, wrong)
            : new DocumentBodyResult(read.Value.Body, null);
        var outcome = await hydration.AnswerAsync(task, said, call.Aborted).ConfigureAwait(false);
        if (outcome.Result == HydrationAnswerResult.Gone)
        {
            return s_gone;
        }

        return outcome.Error is { } error ? error : ApiResult.NoContent;
    }

    private async ValueTask<ApiResult> HydrateAsync(ApiCall call)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        var urls = read.Value?.Texts("hydraters");
        if ((read.Error ?? read.Value!.Error) is { } error)
        {
            return error;
        }

        var found = await visible.FindAsync(call).ConfigureAwait(false);
        if (found.Document is not { } document)
        {
            return found.Error!;
        }

        var key = DocumentKey.ById(document.Company, document.Id);
        return await hydration.HydrateAgainAsync(key, urls, call.Aborted).ConfigureAwait(false) switch
        {
            HydrateAgainResult.Started => ApiResult.NoContent,
            HydrateAgainResult.UnknownDocument => DocumentRights.NotFound,
            HydrateAgainResult.UnknownHydrater =>
                Error.InvalidArgument("The parameter 'hydraters' names one that the company does not run."),
            _ => Error.InvalidArgument("A hydrater needs the file, which is not held any more."),
        };
    }
}
