using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Users;

namespace AnyFetch.Core.AccessTokens;

/// <summary>Keeps access tokens. Secrets are known to it by their hash only.</summary>
public interface IAccessTokenStore
{
    /// <summary>The token with this secret hash (<see cref="TokenSecret.Hash"/>), or null.</summary>
    ValueTask<AccessToken?> FindBySecretAsync(ReadOnlyMemory<byte> secretHash, CancellationToken cancellationToken);

    /// <summary>The token with this id, or null.</summary>
    ValueTask<AccessToken?> FindAsync(AccessTokenId id, CancellationToken cancellationToken);

    /// <summary>All tokens of a user, oldest first.</summary>
    ValueTask<IReadOnlyList<AccessToken>> ListAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>All tokens of a company's users, oldest first.</summary>
    ValueTask<IReadOnlyList<AccessToken>> ListAsync(CompanyId company, CancellationToken cancellationToken);

    /// <summary>Adds a token.</summary>
    ValueTask AddAsync(AccessToken token, ReadOnlyMemory<byte> secretHash, CancellationToken cancellationToken);

    /// <summary>
    /// The user's basic token, added when there is none yet; <c>GET /token</c> must give the same secret each time, so
    /// it is kept encrypted by the caller. Returns the stored token and its protected secret.
    /// </summary>
    ValueTask<(AccessToken Token, string ProtectedSecret)> GetOrAddBasicAsync(
        AccessToken token,
        ReadOnlyMemory<byte> secretHash,
        string protectedSecret,
        CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a token by a new one for the same user and client: the documents move to the new token and the old
    /// one is gone, in one transaction (auth-and-tenancy §4.3).
    /// </summary>
    ValueTask ReplaceAsync(
        AccessTokenId old,
        AccessToken token,
        ReadOnlyMemory<byte> secretHash,
        CancellationToken cancellationToken);

    /// <summary>Sets the account's label and clears <see cref="AccessToken.RequireRefresh"/>. False when unknown.</summary>
    ValueTask<bool> SetAccountNameAsync(AccessTokenId id, string accountName, CancellationToken cancellationToken);

    /// <summary>Marks the token's grant at the third party as dead or alive. False when unknown.</summary>
    ValueTask<bool> SetRequireRefreshAsync(AccessTokenId id, bool value, CancellationToken cancellationToken);

    /// <summary>Notes that the provider started (a time) or ended (null) its work.</summary>
    ValueTask SetProvidingSinceAsync(AccessTokenId id, DateTimeOffset? since, CancellationToken cancellationToken);

    /// <summary>Notes uses, many at once. Not durable before the next commit of something else; ids may be gone.</summary>
    ValueTask TouchAsync(
        IReadOnlyCollection<KeyValuePair<AccessTokenId, DateTimeOffset>> uses,
        CancellationToken cancellationToken);

    /// <summary>
    /// Removes a token together with its documents, in one transaction: the documents' deletions enter the feed,
    /// their files are let go. False when unknown.
    /// </summary>
    ValueTask<bool> RemoveAsync(AccessTokenId id, CancellationToken cancellationToken);
}
