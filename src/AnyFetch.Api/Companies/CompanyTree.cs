using System.Collections.Concurrent;
using AnyFetch.Core.Companies;

namespace AnyFetch.Api.Companies;

/// <summary>
/// Which companies stand above one: what they own is usable below. A company never changes its parent, so an answer
/// stays true.
/// </summary>
internal sealed class CompanyTree(ICompanyStore companies)
{
    /// <summary>Most answers that are kept; with one more, all are forgotten.</summary>
    private const int KnownMax = 100_000;

    /// <summary>Deepest tree that is walked.</summary>
    private const int DepthMax = 1000;

    private readonly ConcurrentDictionary<CompanyId, CompanyId[]> _lines = new();

    /// <summary>True for something of <paramref name="owner"/>: null (built in), the company itself, or one above.</summary>
    public async ValueTask<bool> CanUseAsync(Company company, CompanyId? owner, CancellationToken cancellationToken)
    {
        if (owner is not { } id || id == company.Id)
        {
            return true;
        }

        var line = await GetLineAsync(company, cancellationToken).ConfigureAwait(false);
        return line.Contains(id);
    }

    /// <summary>The company itself and those above it, nearest first.</summary>
    public async ValueTask<IReadOnlyList<CompanyId>> GetLineAsync(Company company, CancellationToken cancellationToken)
    {
        if (_lines.TryGetValue(company.Id, out var known))
        {
            return known;
        }

        var line = new List<CompanyId> { company.Id };
        for (var parent = company.Parent; parent is { } id && line.Count < DepthMax;)
        {
            line.Add(id);
            parent = (await companies.FindAsync(id, cancellationToken).ConfigureAwait(false))?.Parent;
        }

        if (_lines.Count >= KnownMax)
        {
            _lines.Clear();
        }

        return _lines[company.Id] = [.. line];
    }
}
