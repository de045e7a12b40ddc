using AnyFetch.Core.Documents;

namespace AnyFetch.Core.Search;

/// <summary>
/// A document that a search index had to leave out, because indexing it failed again and again. It is found by no search; it is
/// tried again when it changes and whenever the index is built anew.
/// </summary>
/// <param name="Id">The document.</param>
/// <param name="Reason">What failed, for whoever operates the server; at most some hundred characters.</param>
public sealed record UnindexedDocument(DocumentId Id, string Reason);
