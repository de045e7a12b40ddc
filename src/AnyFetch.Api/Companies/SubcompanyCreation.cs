using AnyFetch.Api.Http.Parameters;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;

namespace AnyFetch.Api.Companies;

/// <summary>Makes a subcompany and moves a user into it as its first administrator (api.md §5).</summary>
internal sealed class SubcompanyCreation(
    ICompanyStore companies,
    IUserStore users,
    DefaultHydraters hydraters,
    CompanySettings settings,
    CredentialChanges credentials,
    TimeProvider timeProvider)
{
    public async ValueTask<(Company? Company, Error? Error)> CreateAsync(
        Caller caller,
        ApiParameters parameters,
        CancellationToken cancellationToken)
    {
        var (user, invalid) = await FindUserAsync(caller, parameters, cancellationToken).ConfigureAwait(false);
        if (user is null)
        {
            return (null, invalid);
        }

        var parent = caller.Company;
        var company = new Company
        {
            Id = new CompanyId(ObjectId.New(timeProvider.GetUtcNow())),
            Name = "",
            Parent = parent.Id,
            IsSecure = parent.IsSecure,
            DocumentsPerUpdate = parent.DocumentsPerUpdate,
            Hydraters = hydraters.Urls,
            Hydration = parent.Hydration,
        };
        company = await settings.ApplyAsync(company, parent.DocumentsPerUpdate, parameters, cancellationToken)
            .ConfigureAwait(false);
        if (parameters.Error is { } error)
        {
            return (null, error);
        }

        if (!await companies.AddAsync(company, cancellationToken).ConfigureAwait(false))
        {
            return (null, Error.InvalidArgument("The parameter 'name' is another company's."));
        }

        return await MoveAsync(user, company, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<(User? User, Error? Error)> FindUserAsync(
        Caller caller,
        ApiParameters parameters,
        CancellationToken cancellationToken)
    {
        if (!UserId.TryParse(parameters.Text("user"), out var id))
        {
            return (null, Error.MissingParameter("user"));
        }

        if (string.IsNullOrEmpty(parameters.Text("name")))
        {
            return (null, parameters.Error ?? Error.MissingParameter("name"));
        }

        if (id == caller.User.Id)
        {
            return (null, Error.InvalidArgument("The parameter 'user' must be somebody else."));
        }

        var user = await users.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return user is not null && user.Company == caller.Company.Id
            ? (user, null)
            : (null, new Error(ErrorCode.NotFound, "There is no such user in this company."));
    }

    /// <summary>The company goes again when the user cannot move after all.</summary>
    private async ValueTask<(Company? Company, Error? Error)> MoveAsync(
        User user,
        Company company,
        CancellationToken cancellationToken)
    {
        var moved = user with { Company = company.Id, IsAdmin = true };
        var result = await users.UpdateAsync(moved, cancellationToken).ConfigureAwait(false);
        credentials.Notify();
        if (result == UserChange.Done)
        {
            return (company, null);
        }

        await companies.RemoveAsync(company.Id, cancellationToken).ConfigureAwait(false);
        return (null, result == UserChange.LastAdmin
            ? new Error(ErrorCode.NotAuthorized, "The user is the company's last administrator.")
            : new Error(ErrorCode.NotFound, "There is no such user in this company."));
    }
}
