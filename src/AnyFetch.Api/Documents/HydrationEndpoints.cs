using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Users;

namespace AnyFetch.Api.Documents;

/// <summary>
/// The two URLs that a hydrater gets, which carry their own credential (hydration.md §5), and running hydraters again.
/// </summary>
internal sealed class HydrationEndpoints(
    IHydration hydration,
    DocumentBodies bodies,
    DocumentFileEndpoints files,
    VisibleDocuments visible,
    IUserStore users,
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
        if (read.Error is { } malformed)
        {
            return await RefuseAsync(call, task, malformed).ConfigureAwait(false);
        }

        var body = read.Value.Body;
        var resolved = await body.ResolveAsync(FindUserAsync, call.Aborted).ConfigureAwait(false);
        if (resolved.Change is not { } change)
        {
            return await RefuseAsync(call, task, resolved.Error!).ConfigureAwait(false);
        }

        var answer = new HydraterAnswer(change, body.HydrationErrored ? body.HydrationError ?? "" : null);
        var result = await hydration.AnswerAsync(task, answer, call.Aborted).ConfigureAwait(false);
        return result == HydrationAnswerResult.Accepted ? ApiResult.NoContent : s_gone;
    }

    /// <summary>
    /// A wrong value, such as an unknown type, is that hydrater's failure: sending it again would not help. What cannot
    /// be parsed at all may have been cut on its way and may be sent again.
    /// </summary>
    private async ValueTask<ApiResult> RefuseAsync(ApiCall call, string task, Error error)
    {
        if (error.Code != ErrorCode.InvalidArgument)
        {
            return error;
        }

        var failure = new HydraterAnswer(new DocumentChange(), error.Message);
        var result = await hydration.AnswerAsync(task, failure, call.Aborted).ConfigureAwait(false);
        return result == HydrationAnswerResult.Accepted ? error : s_gone;
    }

    private async ValueTask<UserId?> FindUserAsync(string entry, CancellationToken cancellationToken) =>
        UserId.TryParse(entry, out var id)
        && await users.FindAsync(id, cancellationToken).ConfigureAwait(false) is not null
            ? id
            : null;

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
