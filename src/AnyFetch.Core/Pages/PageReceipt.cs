namespace AnyFetch.Core.Pages;

/// <summary>What a page did.</summary>
/// <param name="Created">Documents that are new.</param>
/// <param name="Updated">Documents that were there.</param>
/// <param name="Deleted">Documents that are gone.</param>
/// <param name="Missing">Deletions of documents that were not there, which is no error.</param>
/// <param name="Failures">Failures that were reported.</param>
public sealed record PageReceipt(int Created, int Updated, int Deleted, int Missing, int Failures);
