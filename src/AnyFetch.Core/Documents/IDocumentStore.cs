using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Files;
using AnyFetch.Core.Users;

namespace AnyFetch.Core.Documents;

/// <summary>
/// The documents' system of record. A call that returns has its effect on stable storage (design rule 1).
/// </summary>
public interface IDocumentStore
{
    /// <summary>
    /// The one door for changes: reads the selected document, lets <paramref name="decide"/> choose, and makes the
    /// choice durable together with its jobs, in a transaction shared with other callers (group commit).
    /// </summary>
    /// <param name="key">
    /// Selects the document. A stored document must keep its company, provider and id; a new one has the key's.
    /// </param>
    /// <param name="decide">
    /// Gets the stored document or null. Pure and quick; it may be called again when the transaction is retried.
    /// What it throws fails this call only.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting; the change may be made all the same.</param>
    ValueTask<T> ChangeAsync<T>(
        DocumentKey key,
        Func<Document?, DocumentDecision<T>> decide,
        CancellationToken cancellationToken);

    /// <summary>The selected document, or null.</summary>
    ValueTask<Document?> FindAsync(DocumentKey key, CancellationToken cancellationToken);

    /// <summary>Those of the documents that the company has, in no particular order.</summary>
    ValueTask<IReadOnlyList<Document>> FindManyAsync(
        CompanyId company,
        IReadOnlyCollection<DocumentId> ids,
        CancellationToken cancellationToken);

    /// <summary>Those of the documents that the company has and the user may see. Reads no more of them than that.</summary>
    ValueTask<IReadOnlySet<DocumentId>> FindVisibleAsync(
        CompanyId company,
        UserId viewer,
        IReadOnlyCollection<DocumentId> ids,
        CancellationToken cancellationToken);

    /// <summary>The ids of those identifiers that exist in the company for this provider.</summary>
    ValueTask<IReadOnlyDictionary<Identifier, DocumentId>> ResolveAsync(
        CompanyId company,
        AccessTokenId provider,
        IReadOnlyCollection<Identifier> identifiers,
        CancellationToken cancellationToken);

    /// <summary>True while some document of the company holds this file.</summary>
    ValueTask<bool> IsFileHeldAsync(CompanyId company, FileHash file, CancellationToken cancellationToken);
}
