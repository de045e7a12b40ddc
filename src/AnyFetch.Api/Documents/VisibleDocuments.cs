using AnyFetch.Api.Http;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Documents;

/// <summary>Finds the document that a path means, if the caller may see it, related ones likewise.</summary>
internal sealed class VisibleDocuments(IDocumentStore documents, RelatedDocuments related)
{
    public async ValueTask<DocumentOutcome> FindAsync(ApiCall call)
    {
        var selected = DocumentSelector.Read(call);
        if (selected.Error is { } error)
        {
            return new DocumentOutcome(null, error);
        }

        var document = selected.Value is { } key
            ? await documents.FindAsync(key, call.Aborted).ConfigureAwait(false)
            : null;
        return document is not null && document.IsVisibleTo(call.Caller.User.Id)
            ? new DocumentOutcome(
                await related.NarrowAsync(document, call.Caller.User.Id, call.Aborted).ConfigureAwait(false),
                null)
            : new DocumentOutcome(null, DocumentRights.NotFound);
    }
}
