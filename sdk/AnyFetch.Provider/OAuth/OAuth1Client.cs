using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AnyFetch.Provider.OAuth;

namespace AnyFetch.Provider;

/// <summary>
/// The three steps of OAuth 1.0a (RFC 5849), signed with HMAC-SHA1, as providers need them. There is no <c>state</c> in this
/// protocol: the library's travels in the callback address, which the source promises to keep.
/// </summary>
/// <param name="http">Sends the calls; not disposed.</param>
/// <param name="application">The application at the source.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class OAuth1Client(HttpClient http, OAuth1Application application, TimeProvider timeProvider)
{
    private const int AnswerBytesMax = 256 * 1024;
    private const string TokenMember = "token";
    private const string SecretMember = "secret";

    /// <summary>Asks for temporary credentials and says where the person consents.</summary>
    /// <param name="request">What the library asks to send along.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The consent page; the temporary credentials are kept as pre-data.</returns>
    /// <exception cref="ConnectException">The source does not know the application, or its answer is none.</exception>
    /// <exception cref="SourceException">The source cannot be asked now.</exception>
    public async Task<ConnectStart> BeginAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var callback = WebAddress.WithParameters(request.CallbackUrl, ("state", request.State));
        var tokens = await SendAsync(application.TemporaryUrl, [("oauth_callback", callback)], "", cancellationToken);
        return new ConnectStart(
            WebAddress.WithParameters(application.AuthorizeUrl.AbsoluteUri, ("oauth_token", tokens.Token)),
            new JsonObject { [TokenMember] = tokens.Token, [SecretMember] = tokens.Secret });
    }

    /// <summary>Trades the person's consent for a lasting token.</summary>
    /// <param name="reply">What the source sent back, with what <see cref="BeginAsync"/> kept.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="CancelException">The person refused: the source sent no <c>oauth_verifier</c>.</exception>
    /// <exception cref="ConnectException">The answer belongs to another connection, or the source does not take it.</exception>
    /// <exception cref="SourceException">The source cannot be asked now.</exception>
    public Task<OAuth1Tokens> ExchangeAsync(ConnectReply reply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (!reply.Parameters.TryGetValue("oauth_verifier", out var verifier) || verifier.Length == 0)
        {
            throw new CancelException();
        }

        var token = (string?)reply.PreData?[TokenMember] ?? "";
        if (!reply.Parameters.TryGetValue("oauth_token", out var returned) || returned != token)
        {
            throw new ConnectException("The source answered another connection: start again.");
        }

        return SendAsync(
            application.TokenUrl,
            [("oauth_token", token), ("oauth_verifier", verifier)],
            (string?)reply.PreData?[SecretMember] ?? "",
            cancellationToken);
    }

    private async Task<OAuth1Tokens> SendAsync(
        Uri address, (string Name, string Value)[] more, string tokenSecret, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Signed(address, more, tokenSecret));
        using var response = await OAuthTransport.SendAsync(http, request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new ConnectException("The source did not accept the connection: are the application's keys right?");
        }

        SourceException.ThrowIfRefused(response, timeProvider);
        await response.Content.LoadIntoBufferAsync(AnswerBytesMax, cancellationToken);
        var answer = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in OAuth1Form.Read(await response.Content.ReadAsStringAsync(cancellationToken)))
        {
            answer.TryAdd(name, value);
        }

        return answer.GetValueOrDefault("oauth_token") is { Length: > 0 } token
            ? new OAuth1Tokens(token, answer.GetValueOrDefault("oauth_token_secret") ?? "") { Answer = answer }
            : throw new ConnectException("The source answered without a token.");
    }

    // The parameters travel in the query (section 3.5.3), which every service of the protocol reads.
    private string Signed(Uri address, (string Name, string Value)[] more, string tokenSecret)
    {
        List<(string Name, string Value)> parameters =
        [
            ("oauth_consumer_key", application.ConsumerKey),
            ("oauth_nonce", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", timeProvider.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ("oauth_version", "1.0"),
            .. more,
        ];
        var signature = OAuth1Signature.Sign("GET", address, parameters, application.ConsumerSecret, tokenSecret);
        parameters.Add(("oauth_signature", signature));
        return WebAddress.WithParameters(address.AbsoluteUri, [.. parameters.Select(p => (p.Name, (string?)p.Value))]);
    }
}
