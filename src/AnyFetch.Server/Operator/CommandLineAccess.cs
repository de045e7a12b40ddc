using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Operator;

/// <summary>
/// The access that the command line has on its own machine: a token of the first administrator, which belongs to no
/// application (auth-and-tenancy §2.1 "anonymous").
/// </summary>
/// <param name="Email">The administrator.</param>
/// <param name="Token">The token's secret.</param>
public sealed record CommandLineAccess(string Email, string Token)
{
    /// <summary>Gives the token that is known already if it still works, else a new one.</summary>
    public static async Task<CommandLineAccess> EnsureAsync(
        WebApplication app,
        string? known,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.Services;
        var admin = await FindFirstAdminAsync(services, cancellationToken).ConfigureAwait(false);
        var tokens = services.GetRequiredService<IAccessTokenStore>();
        if (known is not null
            && await tokens.FindBySecretAsync(TokenSecret.Hash(known), cancellationToken).ConfigureAwait(false) is { } stored
            && stored.User == admin.Id)
        {
            return new CommandLineAccess(admin.Email, known);
        }

        var secret = TokenSecret.New(TokenSecret.BasicTokenChars);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await tokens.AddAsync(
            new AccessToken
            {
                Id = new AccessTokenId(ObjectId.New(now)),
                User = admin.Id,
                Company = admin.Company,
                Scopes = Scopes.All,
                AccountName = "Command line",
                CreatedAt = now,
                LastUsed = now,
            },
            TokenSecret.Hash(secret),
            cancellationToken).ConfigureAwait(false);
        return new CommandLineAccess(admin.Email, secret);
    }

    /// <summary>The first administrator of the oldest root company.</summary>
    internal static async Task<User> FindFirstAdminAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var companies = await services.GetRequiredService<ICompanyStore>().ListAsync(cancellationToken).ConfigureAwait(false);
        var users = services.GetRequiredService<IUserStore>();
        foreach (var company in companies.Where(c => c.Parent is null))
        {
            var all = await users.ListAsync(company.Id, cancellationToken).ConfigureAwait(false);
            if (all.FirstOrDefault(u => u.IsAdmin) is { } admin)
            {
                return admin;
            }
        }

        throw new InvalidOperationException("The store has no administrator.");
    }

    /// <summary>The address only: a log line must not give the token away.</summary>
    public override string ToString() => Email;
}
