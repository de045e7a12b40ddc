using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Users;

namespace AnyFetch.Api.Documents;

/// <summary>
/// Narrows what documents name as related to the ids of documents that exist and that the reader may see: an id, or
/// how many there are, would tell of a hidden document. What is stored stays as it is.
/// </summary>
internal sealed class RelatedDocuments(IDocumentStore documents)
{
    /// <summary>Related documents that are looked up for one answer; what documents name beyond is left out.</summary>
    private const int LookedUpMax = 10_000;

    /// <summary>The document with ids alone in <see cref="Document.Related"/>, in the order of its list.</summary>
    public async ValueTask<Document> NarrowAsync(Document document, UserId viewer, CancellationToken cancellationToken) =>
        document.Related.Count == 0
            ? document
            : (await NarrowAsync([document], viewer, cancellationToken).ConfigureAwait(false))[0];

    /// <summary>The documents of a page, all looked up together.</summary>
    public ValueTask<IReadOnlyList<Document>> NarrowAsync(
        IReadOnlyList<Document> page,
        UserId viewer,
        CancellationToken cancellationToken) =>
        page.All(d => d.Related.Count == 0)
            ? ValueTask.FromResult(page)
            : NarrowPageAsync(page, viewer, cancellationToken);

    /// <summary>The ids that a narrowed document names, each once and never its own.</summary>
    public static DocumentId[] IdsOf(Document narrowed) =>
        [.. narrowed.Related.Select(Parse).Where(id => id != narrowed.Id).Distinct()];

    private async ValueTask<IReadOnlyList<Document>> NarrowPageAsync(
        IReadOnlyList<Document> page,
        UserId viewer,
        CancellationToken cancellationToken)
    {
        var resolved = await ResolveAsync(page, cancellationToken).ConfigureAwait(false);
        var named = page.Select(document => IdsOf(document, resolved)).ToArray();
        var visible = await documents.FindVisibleAsync(
            page[0].Company,
            viewer,
            [.. named.SelectMany(ids => ids).Distinct().Take(LookedUpMax)],
            cancellationToken).ConfigureAwait(false);
        return
        [
            .. page.Zip(named, (document, ids) => document.Related.Count == 0
                ? document
                : document with { Related = [.. ids.Where(visible.Contains).Select(id => id.ToString())] }),
        ];
    }

    /// <summary>What the identifiers mean, which is each provider's own affair.</summary>
    private async ValueTask<Dictionary<(AccessTokenId Provider, Identifier Identifier), DocumentId>> ResolveAsync(
        IReadOnlyList<Document> page,
        CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<(AccessTokenId, Identifier), DocumentId>();
        foreach (var provider in page.GroupBy(d => d.Provider))
        {
            var identifiers = new HashSet<Identifier>();
            foreach (var entry in provider.SelectMany(d => d.Related).Take(LookedUpMax))
            {
                if (!DocumentId.TryParse(entry, out _) && Identifier.TryParse(entry, out var identifier))
                {
                    identifiers.Add(identifier);
                }
            }

            if (identifiers.Count > 0)
            {
                var known = await documents
                    .ResolveAsync(provider.First().Company, provider.Key, identifiers, cancellationToken)
                    .ConfigureAwait(false);
                foreach (var (identifier, id) in known)
                {
                    resolved[(provider.Key, identifier)] = id;
                }
            }
        }

        return resolved;
    }

    /// <summary>Identifiers may appear later than their mention; those that nothing has yet are left out.</summary>
    private static List<DocumentId> IdsOf(
        Document document,
        Dictionary<(AccessTokenId Provider, Identifier Identifier), DocumentId> resolved)
    {
        var ids = new List<DocumentId>(document.Related.Count);
        foreach (var entry in document.Related)
        {
            if (DocumentId.TryParse(entry, out var id)
                || (Identifier.TryParse(entry, out var identifier)
                    && resolved.TryGetValue((document.Provider, identifier), out id)))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static DocumentId Parse(string id) => DocumentId.TryParse(id, out var parsed)
        ? parsed
        : throw new ArgumentException("The document was not narrowed.", nameof(id));
}
