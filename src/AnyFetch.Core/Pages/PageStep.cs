using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;

namespace AnyFetch.Core.Pages;

/// <summary>What one line of a page does to one document.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Key">Selects the document.</param>
/// <param name="Decide">
/// Pure and quick, as for <see cref="IDocumentStore.ChangeAsync"/>; an error as its result refuses the whole page.
/// </param>
public sealed record PageStep(int Line, DocumentKey Key, Func<Document?, DocumentDecision<Error?>> Decide);
