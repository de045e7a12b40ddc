using AnyFetch.Core.Documents;

namespace AnyFetch.Api.Documents;

/// <summary>A change that is ready to be made: which document, and what becomes of it.</summary>
internal readonly record struct DocumentStep(
    DocumentKey Key, Func<Document?, DocumentDecision<DocumentOutcome>> Decide);
