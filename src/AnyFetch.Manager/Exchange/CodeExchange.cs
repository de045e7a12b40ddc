using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Codes;
using AnyFetch.Manager.Http;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Manager.Exchange;

/// <summary>Trades codes for tokens (auth-and-tenancy §4.3).</summary>
internal sealed partial class CodeExchange(
    IClientStore clients,
    IAccessTokenStore tokens,
    IUserStore users,
    ClientTokenSecrets secrets,
    TokenRevocation revocation,
    TimeProvider timeProvider,
    ILogger<CodeExchange> logger)
{
    /// <summary>The new token's secret, or why there is none.</summary>
    public async ValueTask<(string? Secret, ExchangeFailure? Failure)> TradeAsync(
        RequestFields fields,
        CancellationToken cancellationToken)
    {
        if (FindFault(fields) is { } fault)
        {
            return (null, fault);
        }

        var (client, refusal) = await IdentifyAsync(fields, cancellationToken).ConfigureAwait(false);
        if (client is null)
        {
            return (null, refusal);
        }

        var hash = TokenSecret.Hash(fields["code"]!);
        var code = await clients.FindCodeAsync(hash, cancellationToken).ConfigureAwait(false);
        if (code is null || code.Client != client.Id)
        {
            return (null, ExchangeFailure.InvalidGrant);
        }

        if (code.SpentOn is { } spentOn)
        {
            await RevokeReusedAsync(client, hash, spentOn, cancellationToken).ConfigureAwait(false);
            return (null, ExchangeFailure.InvalidGrant);
        }

        return IsGood(code, fields)
            ? await SpendAsync(client, code, hash, cancellationToken).ConfigureAwait(false)
            : (null, ExchangeFailure.InvalidGrant);
    }

    private static ExchangeFailure? FindFault(RequestFields fields)
    {
        if (fields["grant_type"] is not { } grant)
        {
            return ExchangeFailure.Missing("grant_type");
        }

        if (grant != "authorization_code")
        {
            return ExchangeFailure.UnsupportedGrant;
        }

        if (fields["client_id"] is null)
        {
            return ExchangeFailure.Missing("client_id");
        }

        return fields["code"] switch
        {
            null => ExchangeFailure.Missing("code"),
            { Length: > TokenSecret.CharsMax } => ExchangeFailure.InvalidGrant,
            _ => null,
        };
    }

    /// <summary>The client, proven by its secret; a public one is proven later, by the code's verifier.</summary>
    private async ValueTask<(Client? Client, ExchangeFailure? Failure)> IdentifyAsync(
        RequestFields fields,
        CancellationToken cancellationToken)
    {
        var client = ClientId.TryParse(fields["client_id"], out var id)
            ? await clients.FindAsync(id, cancellationToken).ConfigureAwait(false)
            : null;
        if (client is { IsPublic: true })
        {
            return fields["code_verifier"] is null ? (null, ExchangeFailure.Missing("code_verifier")) : (client, null);
        }

        if (fields["client_secret"] is not { } secret)
        {
            return (null, ExchangeFailure.Missing("client_secret"));
        }

        var isProven = client is not null
            && secret.Length <= TokenSecret.CharsMax
            && await clients.VerifySecretAsync(id, TokenSecret.Hash(secret), cancellationToken).ConfigureAwait(false);
        return isProven ? (client, null) : (null, ExchangeFailure.InvalidClient);
    }

    private bool IsGood(AuthorizationCode code, RequestFields fields) =>
        code.ExpiresAt > timeProvider.GetUtcNow()
        && (fields["redirect_uri"] is not { } redirectUri || redirectUri == code.RedirectUri)
        && (code.CodeChallenge is null || PkceChallenge.IsMet(code.CodeChallenge, fields["code_verifier"]));

    private async ValueTask<(string? Secret, ExchangeFailure? Failure)> SpendAsync(
        Client client,
        AuthorizationCode code,
        byte[] hash,
        CancellationToken cancellationToken)
    {
        // A public client proves itself with the verifier alone, so a code without a challenge is not for it.
        if ((client.IsPublic && code.CodeChallenge is null)
            || await users.FindAsync(code.User, cancellationToken).ConfigureAwait(false) is not { } user)
        {
            return (null, ExchangeFailure.InvalidGrant);
        }

        var now = timeProvider.GetUtcNow();
        var token = new AccessToken
        {
            Id = new AccessTokenId(ObjectId.New(now)),
            User = user.Id,
            Company = user.Company,
            Client = client.Id,
            Scopes = code.Scopes,
            CreatedAt = now,
            LastUsed = now,
        };
        var secret = await secrets.OfAsync(token.Id, cancellationToken).ConfigureAwait(false);
        if (!await clients.SpendCodeAsync(hash, token.Id, cancellationToken).ConfigureAwait(false))
        {
            if (await clients.FindCodeAsync(hash, cancellationToken).ConfigureAwait(false) is { SpentOn: { } spentOn })
            {
                await RevokeReusedAsync(client, hash, spentOn, cancellationToken).ConfigureAwait(false);
            }

            return (null, ExchangeFailure.InvalidGrant);
        }

        await StoreAsync(token, TokenSecret.Hash(secret), code.Replaces, cancellationToken).ConfigureAwait(false);
        if (await clients.FindCodeAsync(hash, CancellationToken.None).ConfigureAwait(false) is null)
        {
            // Somebody traded it again before there was a token to revoke.
            await RevokeAsync(client, token.Id).ConfigureAwait(false);
            return (null, ExchangeFailure.InvalidGrant);
        }

        return (secret, null);
    }

    private async ValueTask StoreAsync(
        AccessToken token,
        byte[] secretHash,
        AccessTokenId? replaces,
        CancellationToken cancellationToken)
    {
        if (replaces is { } old
            && await tokens.FindAsync(old, cancellationToken).ConfigureAwait(false) is { } replaced
            && replaced.User == token.User
            && replaced.Client == token.Client)
        {
            token = token with { AccountName = replaced.AccountName };
            await tokens.ReplaceAsync(old, token, secretHash, cancellationToken).ConfigureAwait(false);
            revocation.Notify();
            return;
        }

        await tokens.AddAsync(token, secretHash, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Somebody else may hold the code, so its token dies (RFC 6749 §4.1.2). The first use may be about to store that token at
    /// this very moment: it looks for the code afterwards, so that one of the two finds the token, however long either takes.
    /// </summary>
    private async ValueTask RevokeReusedAsync(
        Client client,
        ReadOnlyMemory<byte> hash,
        AccessTokenId token,
        CancellationToken cancellationToken)
    {
        await clients.RemoveCodeAsync(hash, cancellationToken).ConfigureAwait(false);
        await RevokeAsync(client, token).ConfigureAwait(false);
    }

    /// <summary>Whoever asked may have gone: the token dies all the same.</summary>
    private async ValueTask RevokeAsync(Client client, AccessTokenId token)
    {
        if (await revocation.RemoveAsync(token, CancellationToken.None).ConfigureAwait(false))
        {
            CodeReused(logger, client.Id, token);
        }
    }

    [LoggerMessage(
        EventId = 6002,
        Level = LogLevel.Warning,
        Message = "Client {Client} traded a code twice; the token {Token} that it gave was revoked.")]
    private static partial void CodeReused(ILogger logger, ClientId client, AccessTokenId token);
}
