using AnyFetch.Core.Queue;

namespace AnyFetch.Core.Documents;

/// <summary>What <see cref="IDocumentStore.ChangeAsync"/> is to do, decided from the stored document.</summary>
public enum DocumentEffect
{
    /// <summary>The document stays; jobs may still be added or ended.</summary>
    None,

    /// <summary>The document is stored and gets a new position in the feed.</summary>
    Put,

    /// <summary>The document is removed; the feed gets a deletion.</summary>
    Delete,
}

/// <summary>
/// A decision over one document: the change, the jobs that are added and ended with it, and what the caller gets.
/// All of it happens in one transaction or not at all.
/// </summary>
/// <param name="Effect">What happens to the document.</param>
/// <param name="Document">The document to store, with <see cref="DocumentEffect.Put"/>.</param>
/// <param name="Result">Handed back once the transaction is durable.</param>
public readonly record struct DocumentDecision<T>(DocumentEffect Effect, Document? Document, T Result)
{
    /// <summary>
    /// What the caller gets when a stored document was to take an identifier that another one of its provider has, in
    /// which case nothing is done. Null when the identifier is not changed.
    /// </summary>
    public Func<T>? IdentifierTaken { get; init; }

    /// <summary>Jobs that enter the queue with the change; null for none.</summary>
    public IReadOnlyList<NewJob>? NewJobs { get; init; }

    /// <summary>Jobs that leave the queue with the change, null for none. Missing ones are no error.</summary>
    public IReadOnlyList<JobKey>? EndedJobs { get; init; }
}

/// <summary>Makes decisions without spelling out type arguments.</summary>
public static class DocumentDecision
{
    public static DocumentDecision<T> None<T>(T result) => new(DocumentEffect.None, null, result);

    public static DocumentDecision<T> Put<T>(Document document, T result) =>
        new(DocumentEffect.Put, document, result);

    public static DocumentDecision<T> Delete<T>(T result) => new(DocumentEffect.Delete, null, result);
}
