using AnyFetch.Core.Companies;

namespace AnyFetch.Search.Tests.Support;

/// <summary>The companies that a store would list.</summary>
public sealed class TestCompanies(Func<IEnumerable<CompanyId>> companies) : ICompanyStore
{
    public ValueTask<IReadOnlyList<Company>> ListAsync(CancellationToken cancellationToken) =>
        new([.. companies().Select(c => new Company { Id = c, Name = c.ToString(), Hydraters = [] })]);

    public ValueTask<Company?> FindAsync(CompanyId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Company>> ListChildrenAsync(CompanyId parent, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<CompanyCounts> CountAsync(CompanyId id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> AddAsync(Company company, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<bool> UpdateAsync(Company company, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask ResetAsync(CompanyId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask RemoveAsync(CompanyId id, CancellationToken cancellationToken) => throw new NotSupportedException();
}
