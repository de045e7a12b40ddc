using AnyFetch.Core.Documents;

namespace AnyFetch.Api.Documents;

/// <summary>Turns what a document names as related into ids; identifiers may appear later than their mention.</summary>
internal sealed class RelatedDocuments(IDocumentStore documents)
{
    /// <summary>The ids in the order of the list; an identifier that nothing has yet is left out.</summary>
    public ValueTask<IReadOnlyList<DocumentId>> ResolveAsync(Document document, CancellationToken cancellationToken) =>
        document.Related.Count == 0
            ? ValueTask.FromResult<IReadOnlyList<DocumentId>>([])
            : ResolveListAsync(document, cancellationToken);

    private async ValueTask<IReadOnlyList<DocumentId>> ResolveListAsync(
        Document document,
        CancellationToken cancellationToken)
    {
        var identifiers = new HashSet<Identifier>();
        foreach (var entry in document.Related)
        {
            if (!DocumentId.TryParse(entry, out _) && Identifier.TryParse(entry, out var identifier))
            {
                identifiers.Add(identifier);
            }
        }

        var known = identifiers.Count == 0
            ? new Dictionary<Identifier, DocumentId>()
            : await documents.ResolveAsync(document.Provider, identifiers, cancellationToken).ConfigureAwait(false);
        var ids = new List<DocumentId>(document.Related.Count);
        foreach (var entry in document.Related)
        {
            if (DocumentId.TryParse(entry, out var id)
                || (Identifier.TryParse(entry, out var identifier) && known.TryGetValue(identifier, out id)))
            {
                ids.Add(id);
            }
        }

        return ids;
    }
}
