using AnyFetch.Core.Companies;

namespace AnyFetch.Search.Following;

/// <summary>How far a company's new index is.</summary>
/// <param name="Company">Whose index it is.</param>
/// <param name="Documents">Documents in it so far.</param>
public readonly record struct ReindexProgress(CompanyId Company, long Documents);
