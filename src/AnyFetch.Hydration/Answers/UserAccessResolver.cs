using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Users;

namespace AnyFetch.Hydration.Answers;

/// <summary>Finds the user of a company that an entry of a hydrater's <c>user_access</c> stands for.</summary>
internal sealed class UserAccessResolver(IUserStore users, IAccessTokenStore tokens)
{
    internal async ValueTask<UserId?> ResolveAsync(
        CompanyId company,
        string entry,
        CancellationToken cancellationToken)
    {
        if (UserId.TryParse(entry, out var id)
            && await users.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } user)
        {
            return user.Company == company ? id : null;
        }

        if (entry.Length is 0 or > TokenSecret.CharsMax)
        {
            return null;
        }

        var token = await tokens.FindBySecretAsync(TokenSecret.Hash(entry), cancellationToken).ConfigureAwait(false);
        return token?.Company == company ? token.User : null;
    }
}
