using AnyFetch.Core.Companies;

namespace AnyFetch.Core.Clients;

/// <summary>What a provider may add in one run, and what its account's company does not want.</summary>
/// <param name="DocumentsPerUpdate">The most documents that one run adds.</param>
/// <param name="JunkNames">Names of files that are left out; null for the provider's own.</param>
/// <param name="JunkFolders">Names of folders that are left out; null for the provider's own.</param>
public sealed record UpdateTerms(
    int DocumentsPerUpdate,
    IReadOnlyList<string>? JunkNames,
    IReadOnlyList<string>? JunkFolders)
{
    /// <summary>A company's terms as they are now.</summary>
    public static UpdateTerms Of(Company company)
    {
        ArgumentNullException.ThrowIfNull(company);
        return new UpdateTerms(
            company.DocumentsPerUpdate, company.Hydration.JunkNames, company.Hydration.JunkFolders);
    }
}
