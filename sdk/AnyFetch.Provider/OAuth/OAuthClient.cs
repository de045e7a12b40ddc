using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Provider.OAuth;

namespace AnyFetch.Provider;

/// <summary>The authorization code flow of OAuth 2 with PKCE (RFC 6749, RFC 7636), as providers need it.</summary>
/// <param name="http">Sends the calls; not disposed.</param>
/// <param name="application">The application at the source.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class OAuthClient(HttpClient http, OAuthApplication application, TimeProvider timeProvider)
{
    private const int AnswerBytesMax = 256 * 1024;

    /// <summary>The consent page's address.</summary>
    /// <param name="request">What the library asks to send along.</param>
    public string AuthorizeUrl(ConnectRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var parameters = new List<(string Name, string? Value)>
        {
            ("response_type", "code"),
            ("client_id", application.ClientId),
            ("redirect_uri", request.CallbackUrl),
            ("state", request.State),
            ("code_challenge", request.CodeChallenge),
            ("code_challenge_method", "S256"),
            ("scope", application.Scopes.Count > 0 ? string.Join(' ', application.Scopes) : null),
        };
        parameters.AddRange(application.AuthorizeParameters.Select(entry => (entry.Key, (string?)entry.Value)));
        return WebAddress.WithParameters(application.AuthorizeUrl.AbsoluteUri, [.. parameters]);
    }

    /// <summary>Trades the code that came back for tokens.</summary>
    /// <param name="reply">What the source sent back.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="CancelException">The person refused (<c>access_denied</c>).</exception>
    /// <exception cref="ConnectException">The source sent no code, or does not take it.</exception>
    public async Task<OAuthTokens> ExchangeAsync(ConnectReply reply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.Parameters.TryGetValue("error", out var error))
        {
            throw error == "access_denied"
                ? new CancelException()
                : new ConnectException("The source refused the connection.");
        }

        if (!reply.Parameters.TryGetValue("code", out var code) || code.Length == 0)
        {
            throw new ConnectException("The source sent no code back.");
        }

        try
        {
            return await SendAsync(
                new()
                {
                    ["grant_type"] = "authorization_code",
                    ["code"] = code,
                    ["redirect_uri"] = reply.CallbackUrl,
                    ["code_verifier"] = reply.CodeVerifier,
                },
                cancellationToken);
        }
        catch (TokenException refused)
        {
            throw new ConnectException("The source did not accept its own code: start the connection again.", refused);
        }
    }

    /// <summary>Trades a refresh token for a new access token.</summary>
    /// <param name="refreshToken">The refresh token.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="TokenException">The grant is dead (<c>invalid_grant</c>).</exception>
    /// <exception cref="SourceException">The source refused for another reason; retried when that can help.</exception>
    public Task<OAuthTokens> RefreshAsync(string refreshToken, CancellationToken cancellationToken) =>
        SendAsync(
            new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }, cancellationToken);

    private async Task<OAuthTokens> SendAsync(Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        form["client_id"] = application.ClientId;
        form["client_secret"] = application.ClientSecret;
        using var request = new HttpRequestMessage(HttpMethod.Post, application.TokenUrl)
        {
            Content = new FormUrlEncodedContent(form),
        };
        using var response = await OAuthTransport.SendAsync(http, request, cancellationToken);
        var answer = await ReadAsync(response, cancellationToken);
        if (!response.IsSuccessStatusCode && Text(answer, "error") == "invalid_grant")
        {
            throw new TokenException("The source no longer grants access: reconnect it.");
        }

        SourceException.ThrowIfRefused(response, timeProvider);
        return Text(answer, "access_token") is { } token
            ? new OAuthTokens(token)
            {
                RefreshToken = Text(answer, "refresh_token"),
                ExpiresInSeconds = answer["expires_in"] is JsonValue value && value.TryGetValue<double>(out var seconds)
                    ? (int)Math.Clamp(seconds, 0, int.MaxValue)
                    : null,
                Answer = answer,
            }
            : throw new SourceException(HttpStatusCode.BadGateway, "The source answered without an access token.");
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(AnswerBytesMax, cancellationToken);
            var json = await response.Content.ReadAsStringAsync(cancellationToken);
            return JsonNode.Parse(json) as JsonObject ?? [];
        }
        catch (JsonException) when (!response.IsSuccessStatusCode)
        {
            // An error page of something in between: its status says enough.
            return [];
        }
        catch (JsonException broken)
        {
            throw new SourceException(HttpStatusCode.BadGateway, "The source's answer is no JSON.", broken);
        }
    }

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
