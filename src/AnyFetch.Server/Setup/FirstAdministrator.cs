using System.Globalization;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;
using AnyFetch.Server.Configuration;
using Microsoft.Extensions.Options;

namespace AnyFetch.Server.Setup;

/// <summary>Gives an empty store its first company and administrator.</summary>
public sealed class FirstAdministrator(
    IUserStore users,
    IOptions<AdminOptions> options,
    UserPasswords passwords,
    TimeProvider timeProvider)
{
    private const string EmailDefault = "admin@anyfetch.local";

    /// <summary>The account that this start made; null when there was one already.</summary>
    public CreatedAdministrator? Created { get; private set; }

    internal async Task EnsureAsync(IReadOnlyList<string> hydraters, CancellationToken cancellationToken)
    {
        if (!await users.IsEmptyAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var email = options.Value.Email ?? EmailDefault;
        var isMadeUp = options.Value.Password is null;
        var password = options.Value.Password ?? Passwords.New();
        var now = timeProvider.GetUtcNow();
        var company = new Company { Id = new CompanyId(ObjectId.New(now)), Name = email, Hydraters = hydraters };
        var user = new User
        {
            Id = new UserId(ObjectId.New(now)),
            Company = company.Id,
            Email = email,
            Name = email[..email.IndexOf('@', StringComparison.Ordinal)],
            IsAdmin = true,
            PasswordHash = await passwords.HashAsync(password, cancellationToken).ConfigureAwait(false),
        };

        // Another node may have been quicker, which is as good.
        if (await users.AddWithCompanyAsync(company, user, cancellationToken).ConfigureAwait(false) == UserChange.Done)
        {
            Created = new CreatedAdministrator(email, password, isMadeUp);
        }
    }
}

/// <summary>The first administrator's account.</summary>
/// <param name="Email">The e-mail address.</param>
/// <param name="Password">The password: the only time that it is known.</param>
/// <param name="IsMadeUp">False when the operator chose the password, which need not be shown then.</param>
public sealed record CreatedAdministrator(string Email, string Password, bool IsMadeUp)
{
    /// <summary>What is printed on the first start.</summary>
    public string ToText() => IsMadeUp
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"Sign in as {Email} with the password {Password} (shown this once; 'anyfetch admin password {Email}' makes a new one).")
        : $"Sign in as {Email} with the password that you configured.";

    /// <summary>The address only: a log line must not give the password away.</summary>
    public override string ToString() => Email;
}
