using AnyFetch.Core.Companies;
using AnyFetch.Core.Users;

namespace AnyFetch.Manager.Applications;

/// <summary>
/// Who runs this server, as far as its pages are concerned: the administrators of its first company, the one that was
/// made when it was set up. They alone say which applications are trusted (auth-and-tenancy §3, §4.1).
/// </summary>
internal sealed class Operators(ICompanyStore companies)
{
    private CompanyId? _first;

    public async ValueTask<bool> ContainsAsync(User user, CancellationToken cancellationToken)
    {
        if (!user.IsAdmin)
        {
            return false;
        }

        // The first company stays the first one, so it is looked up once.
        _first ??= (await companies.ListAsync(cancellationToken).ConfigureAwait(false))
            .Where(c => c.Parent is null).MinBy(c => c.Id.Value)?.Id;
        return user.Company == _first;
    }
}
