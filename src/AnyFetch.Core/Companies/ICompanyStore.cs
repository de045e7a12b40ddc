namespace AnyFetch.Core.Companies;

/// <summary>Keeps companies.</summary>
public interface ICompanyStore
{
    ValueTask<Company?> FindAsync(CompanyId id, CancellationToken cancellationToken);

    /// <summary>Every company, parents before children.</summary>
    ValueTask<IReadOnlyList<Company>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The direct children of a company, oldest first.</summary>
    ValueTask<IReadOnlyList<Company>> ListChildrenAsync(CompanyId parent, CancellationToken cancellationToken);

    /// <summary>Counters of one company. Exact when they are read.</summary>
    ValueTask<CompanyCounts> CountAsync(CompanyId id, CancellationToken cancellationToken);

    /// <summary>Adds a company. False when its name is taken.</summary>
    ValueTask<bool> AddAsync(Company company, CancellationToken cancellationToken);

    /// <summary>Replaces a company's settings. False when the name is another company's.</summary>
    ValueTask<bool> UpdateAsync(Company company, CancellationToken cancellationToken);

    /// <summary>
    /// Removes all documents and tokens of a company in bounded transactions, feed entries included. Users,
    /// subcompanies, types and hydraters stay. May be called again after a crash and ends the same.
    /// </summary>
    ValueTask ResetAsync(CompanyId id, CancellationToken cancellationToken);

    /// <summary>Removes a company that has no children, with its users, tokens, documents, types and hydraters.</summary>
    ValueTask RemoveAsync(CompanyId id, CancellationToken cancellationToken);
}
