using AnyFetch.Core.Companies;

namespace AnyFetch.Core.Users;

/// <summary>Keeps users.</summary>
public interface IUserStore
{
    ValueTask<User?> FindAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>The user with this address, whatever its case, or null.</summary>
    ValueTask<User?> FindByEmailAsync(string email, CancellationToken cancellationToken);

    /// <summary>The users of a company, oldest first.</summary>
    ValueTask<IReadOnlyList<User>> ListAsync(CompanyId company, CancellationToken cancellationToken);

    /// <summary>True when nobody has signed up yet.</summary>
    ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken);

    /// <summary>Adds a user. False when the address is taken.</summary>
    ValueTask<bool> AddAsync(User user, CancellationToken cancellationToken);

    /// <summary>Adds a company and its first administrator in one transaction.</summary>
    ValueTask<UserChange> AddWithCompanyAsync(Company company, User user, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a user, company included (a move into a subcompany). Keeps the rule that a company never loses its
    /// last administrator.
    /// </summary>
    ValueTask<UserChange> UpdateAsync(User user, CancellationToken cancellationToken);

    /// <summary>Removes all tokens and documents of a user, in bounded transactions.</summary>
    ValueTask ResetAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>Removes a user with the tokens and documents. Keeps the last-administrator rule.</summary>
    ValueTask<UserChange> RemoveAsync(UserId id, CancellationToken cancellationToken);
}
