using AnyFetch.Api.Http;
using AnyFetch.Api.Providers;
using AnyFetch.Api.Representations;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydraters;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Api.Documents;

/// <summary>Gathers what the raw representation of a document needs.</summary>
internal sealed class RawDocuments(
    DocumentTypeCatalog types,
    HydraterCatalog hydraters,
    ProviderDirectory providers,
    RelatedDocuments related)
{
    /// <summary>The answer for a document as it is stored.</summary>
    public async ValueTask<ApiResult> AnswerStoredAsync(ApiCall call, Document document) => await AnswerAsync(
        call,
        await related.NarrowAsync(document, call.Caller.User.Id, call.Aborted).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>The answer for a document whose related ones were narrowed.</summary>
    public async ValueTask<ApiResult> AnswerAsync(ApiCall call, Document document)
    {
        var view = new RawDocumentView(
            document,
            await types.GetAsync(call.Aborted).ConfigureAwait(false),
            await hydraters.GetAsync(call.Aborted).ConfigureAwait(false),
            await FindProviderAsync(call, document).ConfigureAwait(false),
            call.BaseUrl)
        {
            // The answers to changes stay short: who sends a document has seen none of its hydration yet.
            HasTimeline = HttpMethods.IsGet(call.Http.Request.Method),
        };
        return new JsonResult(writer => RawDocumentWriter.Write(writer, view));
    }

    private async ValueTask<Provider?> FindProviderAsync(ApiCall call, Document document)
    {
        if (call.Caller.Token is { } token && token.Id == document.Provider)
        {
            return new Provider(token, call.Caller.Client);
        }

        var all = await providers.GetAsync(document.Company, call.Aborted).ConfigureAwait(false);
        return all.Find(document.Provider);
    }
}
