using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Users;

namespace AnyFetch.Api.Documents;

/// <summary>
/// Finds the user that an entry of <c>user_access</c> stands for: a user's id, a token's secret or a token's id, all of
/// the caller's company only.
/// </summary>
internal sealed class UserAccessResolver(IUserStore users, IAccessTokenStore tokens)
{
    public async ValueTask<UserId?> ResolveAsync(Caller caller, string entry, CancellationToken cancellationToken)
    {
        if (UserId.TryParse(entry, out var id))
        {
            if (id == caller.User.Id)
            {
                return id;
            }

            if (await users.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } user)
            {
                return user.Company == caller.Company.Id ? id : null;
            }
        }

        return await FindTokenAsync(entry, cancellationToken).ConfigureAwait(false) is { } token
            && token.Company == caller.Company.Id
                ? token.User
                : null;
    }

    private async ValueTask<AccessToken?> FindTokenAsync(string entry, CancellationToken cancellationToken)
    {
        if (AccessTokenId.TryParse(entry, out var id))
        {
            return await tokens.FindAsync(id, cancellationToken).ConfigureAwait(false);
        }

        return entry.Length is 0 or > TokenSecret.CharsMax
            ? null
            : await tokens.FindBySecretAsync(TokenSecret.Hash(entry), cancellationToken).ConfigureAwait(false);
    }
}
