using AnyFetch.Client.Http;

namespace AnyFetch.Client;

/// <summary>The manager's OAuth 2.0 endpoints (auth-and-tenancy, section 4). No credentials: the secrets travel in bodies.</summary>
public sealed class AnyFetchManagerClient
{
    private readonly Uri _base;
    private readonly ApiTransport _transport;

    /// <summary>Creates a client over an <see cref="HttpClient"/> that the caller owns.</summary>
    /// <param name="http">Sends the requests.</param>
    /// <param name="baseAddress">The manager, for example <c>http://localhost:8080/</c>.</param>
    /// <param name="options">Retries and time-outs; null for the defaults.</param>
    public AnyFetchManagerClient(HttpClient http, Uri baseAddress, AnyFetchClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(baseAddress);
        _base = baseAddress;
        _transport = new ApiTransport(http, baseAddress, AnyFetchCredentials.None, options ?? new AnyFetchClientOptions());
    }

    /// <summary>Where to send a browser so that its user consents: <c>GET /oauth/authorize</c>.</summary>
    /// <param name="clientId">The application's id.</param>
    /// <param name="redirectUri">The registered callback address.</param>
    /// <param name="state">A random text, echoed back, that the caller checks on return.</param>
    public Uri AuthorizeUrl(string clientId, string redirectUri, string? state)
    {
        var root = _base.AbsoluteUri.EndsWith('/') ? _base : new Uri(_base.AbsoluteUri + "/");
        var path = new QueryBuilder("oauth/authorize").Add("client_id", clientId).Add("redirect_uri", redirectUri)
            .Add("response_type", "code").Add("state", state).ToString();
        return new Uri(root, path);
    }

    /// <summary>Trades a code for a long-lived access token: <c>POST /oauth/access_token</c>. Never retried: codes work once.</summary>
    /// <param name="exchange">The code and the application's credentials.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The access token's secret.</returns>
    public async Task<string> ExchangeCodeAsync(CodeExchange exchange, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        var form = new List<KeyValuePair<string, string>>
        {
            new("client_id", exchange.ClientId),
            new("client_secret", exchange.ClientSecret),
            new("code", exchange.Code),
            new("grant_type", "authorization_code"),
        };
        if (exchange.RedirectUri is { } redirectUri)
        {
            form.Add(new("redirect_uri", redirectUri));
        }

        var request = ApiRequest.Post("oauth/access_token") with
        {
            Body = _ => ValueTask.FromResult<HttpContent>(new FormUrlEncodedContent(form)),
        };
        var reply = await _transport.ReadAsync(request, ClientJson.Default.ExchangeReply, cancellationToken);
        return reply.AccessToken;
    }

    /// <summary>Names the account at the source that a token stands for: <c>POST /access_token/account_name</c>.</summary>
    /// <param name="accessToken">The token's secret.</param>
    /// <param name="accountName">The label, usually an e-mail address.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task SetAccountNameAsync(string accessToken, string accountName, CancellationToken cancellationToken)
    {
        var body = new AccountNameRequest { AccessToken = accessToken, AccountName = accountName };
        var request = ApiRequest.PostJson("access_token/account_name", body, ClientJson.Default.AccountNameRequest);
        return _transport.SendAsync(request with { Idempotent = true }, cancellationToken);
    }
}
