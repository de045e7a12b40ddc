using AnyFetch.Core.AccessTokens;

namespace AnyFetch.Core.Clients;

/// <summary>Keeps OAuth applications and the codes they trade for tokens.</summary>
public interface IClientStore
{
    ValueTask<Client?> FindAsync(ClientId id, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<Client>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds or replaces an application. A null hash keeps the secret that is stored.</summary>
    ValueTask PutAsync(Client client, ReadOnlyMemory<byte>? secretHash, CancellationToken cancellationToken);

    /// <summary>True when the secret's hash is the application's, compared in constant time.</summary>
    ValueTask<bool> VerifySecretAsync(ClientId id, ReadOnlyMemory<byte> secretHash, CancellationToken cancellationToken);

    /// <summary>Keeps a code under its hash until it expires.</summary>
    ValueTask AddCodeAsync(
        ReadOnlyMemory<byte> codeHash,
        AuthorizationCode code,
        CancellationToken cancellationToken);

    /// <summary>The code with this hash, expired and spent ones included, or null.</summary>
    ValueTask<AuthorizationCode?> FindCodeAsync(ReadOnlyMemory<byte> codeHash, CancellationToken cancellationToken);

    /// <summary>
    /// Marks a code as spent on a token. True for exactly one caller, however many try at once.
    /// </summary>
    ValueTask<bool> SpendCodeAsync(
        ReadOnlyMemory<byte> codeHash,
        AccessTokenId token,
        CancellationToken cancellationToken);

    /// <summary>Forgets a code, spent or not.</summary>
    ValueTask RemoveCodeAsync(ReadOnlyMemory<byte> codeHash, CancellationToken cancellationToken);

    /// <summary>Forgets codes that expired before <paramref name="before"/>.</summary>
    ValueTask RemoveExpiredCodesAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
