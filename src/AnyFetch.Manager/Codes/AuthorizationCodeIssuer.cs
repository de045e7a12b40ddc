using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Users;

namespace AnyFetch.Manager.Codes;

/// <summary>
/// Issues the codes that applications trade for tokens: when a user consents, when one connects a provider, and when
/// the command line connects a directory for its administrator (auth-and-tenancy §4).
/// </summary>
public sealed class AuthorizationCodeIssuer(IClientStore clients, TimeProvider timeProvider)
{
    /// <summary>
    /// Issues a code that the client may trade once, within <see cref="AuthorizationCode.LifeMinutes"/> minutes. The
    /// token will have the scopes that the client asks for now.
    /// </summary>
    /// <param name="client">Who may trade the code.</param>
    /// <param name="user">Who the token will act for.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>40 hexadecimal digits; only their hash is stored.</returns>
    public ValueTask<string> IssueAsync(Client client, UserId user, CancellationToken cancellationToken) =>
        IssueAsync(client, user, replaces: null, codeChallenge: null, cancellationToken);

    /// <summary>Issues a code that may replace a token and may be bound to a PKCE challenge.</summary>
    /// <param name="client">Who may trade the code.</param>
    /// <param name="user">Who the token will act for.</param>
    /// <param name="replaces">The token that the new one takes the place of; null to add one.</param>
    /// <param name="codeChallenge">What the verifier must meet (RFC 7636, S256); null for none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>40 hexadecimal digits; only their hash is stored.</returns>
    public async ValueTask<string> IssueAsync(
        Client client,
        UserId user,
        AccessTokenId? replaces,
        string? codeChallenge,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var now = timeProvider.GetUtcNow();
        var secret = TokenSecret.New(TokenSecret.ClientTokenChars);
        var code = new AuthorizationCode
        {
            Client = client.Id,
            User = user,
            Scopes = client.Scopes,
            RedirectUri = client.RedirectUri,
            ExpiresAt = now.AddMinutes(AuthorizationCode.LifeMinutes),
            Replaces = replaces,
            CodeChallenge = codeChallenge,
        };
        await clients.AddCodeAsync(TokenSecret.Hash(secret), code, cancellationToken).ConfigureAwait(false);
        return secret;
    }
}
