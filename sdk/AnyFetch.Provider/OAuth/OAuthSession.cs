using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace AnyFetch.Provider;

/// <summary>
/// Keeps the access tokens of a provider's accounts fresh, from the members <c>access_token</c>, <c>refresh_token</c> and
/// <c>access_token_expires</c> (milliseconds since 1970) of their service data. However many tasks ask, an account is
/// refreshed once; a rotated refresh token is durable before its access token is used.
/// </summary>
/// <param name="client">The flow at the source.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class OAuthSession(OAuthClient client, TimeProvider timeProvider)
{
    private const string AccessMember = "access_token";
    private const string RefreshMember = "refresh_token";
    private const string ExpiresMember = "access_token_expires";

    // A token is renewed this long before it dies, so that no call of a task meets its end.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<long, SemaphoreSlim> _turns = new();

    /// <summary>The service data of a new connection; add members of the source's own.</summary>
    /// <param name="tokens">What the code was traded for.</param>
    /// <exception cref="ConnectException">The source gave no refresh token: the connection would die within hours.</exception>
    public JsonObject Begin(OAuthTokens tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var data = new JsonObject();
        Write(data, tokens);
        return data.ContainsKey(RefreshMember)
            ? data
            : throw new ConnectException("The source granted access for a few hours only: start the connection again.");
    }

    /// <summary>An access token that is good for at least five minutes.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="TokenException">The grant is dead.</exception>
    /// <exception cref="SourceException">The source cannot be asked now.</exception>
    public async Task<string> GetAsync(SourceAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        return IsFresh(account.Data) && account.Text(AccessMember) is { } token
            ? token
            : await RenewAsync(account, account.Text(AccessMember), cancellationToken);
    }

    /// <summary>Another access token than one that the source rejected; refreshed unless another task did so meanwhile.</summary>
    /// <param name="account">The account.</param>
    /// <param name="rejected">The token that the source answered 401 to; null when there was none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="TokenException">The grant is dead.</exception>
    /// <exception cref="SourceException">The source cannot be asked now.</exception>
    public async Task<string> RenewAsync(SourceAccount account, string? rejected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        var turn = _turns.GetOrAdd(account.Id, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            await account.ReloadAsync(cancellationToken);
            if (account.Text(AccessMember) is { } current && current != rejected && IsFresh(account.Data))
            {
                return current;
            }

            if (account.Text(RefreshMember) is not { } refreshToken)
            {
                throw new TokenException("The source no longer grants access: reconnect it.");
            }

            // Not to be cancelled half-way: a refresh token that works once must not be lost with its answer.
            var tokens = await client.RefreshAsync(refreshToken, CancellationToken.None);
            await account.ChangeGrantAsync(data => Write(data, tokens), CancellationToken.None);
            return tokens.AccessToken;
        }
        finally
        {
            turn.Release();
        }
    }

    private bool IsFresh(JsonObject data) =>
        data[ExpiresMember] is not JsonValue value || !value.TryGetValue<long>(out var expires)
        || DateTimeOffset.FromUnixTimeMilliseconds(expires) - timeProvider.GetUtcNow() > Margin;

    private void Write(JsonObject data, OAuthTokens tokens)
    {
        data[AccessMember] = tokens.AccessToken;
        if (tokens.RefreshToken is { } refreshToken)
        {
            data[RefreshMember] = refreshToken;
        }

        if (tokens.ExpiresInSeconds is { } seconds)
        {
            data[ExpiresMember] = timeProvider.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds();
        }
        else
        {
            data.Remove(ExpiresMember);
        }
    }
}
