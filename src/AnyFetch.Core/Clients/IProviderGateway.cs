using System.Text.Json;
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
        UpdateTerms terms,
        CancellationToken cancellationToken);

    /// <summary>Tells that the account is gone (<c>DELETE {ProviderUrl}/token</c>). True when the provider knows.</summary>
    ValueTask<bool> ForgetAsync(Client client, AccessTokenId token, CancellationToken cancellationToken);

    /// <summary>
    /// Clears the account's cursor (<c>DELETE {ProviderUrl}/token/reset</c>), so that the next update sends everything
    /// again. True when the provider did.
    /// </summary>
    ValueTask<bool> ResetAsync(Client client, AccessToken token, CancellationToken cancellationToken);

    /// <summary>
    /// Asks about the account, or for something to be done with it (provider-protocol §9: <c>/account</c>,
    /// <c>/errors</c>, <c>/update</c> and what is below them). Never throws for what the provider does.
    /// </summary>
    /// <param name="client">The provider.</param>
    /// <param name="token">The account's token.</param>
    /// <param name="question">The verb, the path and the parameters beside the token.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<ProviderAnswer> AskAsync(
        Client client,
        AccessTokenId token,
        ProviderQuestion question,
        CancellationToken cancellationToken);
}

/// <summary>What a provider is asked about an account.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Path">The path below the provider's address, for example <c>/account</c>.</param>
public sealed record ProviderQuestion(HttpMethod Method, string Path)
{
    /// <summary>Parameters beside the token; they travel in the body.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>What an update may add and leaves out, with the address of the API; null for any other question.</summary>
    public UpdateTerms? Terms { get; init; }
}

/// <summary>What a provider answered.</summary>
/// <param name="Status">Its HTTP status, or <see cref="IProviderGateway.Unreachable"/>.</param>
/// <param name="Body">Its JSON; null when there was none, or more than is read.</param>
public sealed record ProviderAnswer(int Status, JsonElement? Body);
