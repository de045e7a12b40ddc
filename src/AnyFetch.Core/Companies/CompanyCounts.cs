namespace AnyFetch.Core.Companies;

/// <summary>What a company holds.</summary>
public readonly record struct CompanyCounts(long Documents, int Users, int Subcompanies);
