using AnyFetch.Core.AccessTokens;

namespace AnyFetch.Core.Clients;

/// <summary>
/// Calls provider servers on behalf of the platform (provider-protocol §6): one account of one provider at a time,
/// with the account's token. Tests put a provider that is not there in its place.
/// </summary>
public interface IProviderGateway
{
    /// <summary>What <see cref="UpdateAsync"/> reports for a provider that did not answer in time.</summary>
    public const int Unreachable = 504;

    /// <summary>
    /// Asks for an update (<c>POST {ProviderUrl}/update</c>). The provider's HTTP status as it came, or
    /// <see cref="Unreachable"/>. Never throws for what the provider does.
    /// </summary>
    ValueTask<int> UpdateAsync(
        Client client,
        AccessToken token,
        int documentsPerUpdate,
        CancellationToken cancellationToken);

    /// <summary>Tells that the account is gone (<c>DELETE {ProviderUrl}/token</c>). True when the provider knows.</summary>
    ValueTask<bool> ForgetAsync(Client client, AccessTokenId token, CancellationToken cancellationToken);

    /// <summary>
    /// Clears the account's cursor (<c>DELETE {ProviderUrl}/token/reset</c>), so that the next update sends everything
    /// again. True when the provider did.
    /// </summary>
    ValueTask<bool> ResetAsync(Client client, AccessToken token, CancellationToken cancellationToken);
}
