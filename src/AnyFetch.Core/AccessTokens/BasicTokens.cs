using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;
using Microsoft.AspNetCore.DataProtection;

namespace AnyFetch.Core.AccessTokens;

/// <summary>
/// Each user's basic token (auth-and-tenancy §2.1): made when it is first asked for, the same until it is deleted.
/// </summary>
public sealed class BasicTokens(IAccessTokenStore tokens, IDataProtectionProvider protection, TimeProvider timeProvider)
{
    // The same secret is told each time, so it is kept encrypted beside its hash.
    private readonly IDataProtector _protector = protection.CreateProtector("AnyFetch.BasicToken");

    /// <summary>The secret of a user's basic token.</summary>
    public async ValueTask<string> GetSecretAsync(User user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var now = timeProvider.GetUtcNow();
        var secret = TokenSecret.New(TokenSecret.BasicTokenChars);
        var candidate = new AccessToken
        {
            Id = new AccessTokenId(ObjectId.New(now)),
            User = user.Id,
            Company = user.Company,
            IsBasicToken = true,
            Scopes = Scopes.All,
            CreatedAt = now,
            LastUsed = now,
        };
        var (_, stored) = await tokens
            .GetOrAddBasicAsync(candidate, TokenSecret.Hash(secret), _protector.Protect(secret), cancellationToken)
            .ConfigureAwait(false);
        return _protector.Unprotect(stored);
    }
}
