using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AnyFetch.Api.Errors;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnyFetch.Api.Providers;

/// <summary>Reaches providers over HTTP. The built-in ones are reached the same way.</summary>
internal sealed class HttpProviderGateway(
    IHttpClientFactory http,
    ClientTokenSecrets secrets,
    IOptions<ApiOptions> options,
    TimeProvider timeProvider,
    ILogger<HttpProviderGateway> logger) : IProviderGateway
{
    /// <summary>The name of the HTTP client.</summary>
    public const string HttpClientName = "AnyFetch.Providers";

    /// <inheritdoc/>
    public ValueTask<int> UpdateAsync(
        Client client,
        AccessToken token,
        int documentsPerUpdate,
        CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, client, "/update", token.Id, documentsPerUpdate, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> ForgetAsync(Client client, AccessTokenId token, CancellationToken cancellationToken)
    {
        var status = await SendAsync(HttpMethod.Delete, client, "/token", token, null, cancellationToken)
            .ConfigureAwait(false);

        // An account that the provider does not know is gone already.
        return IsSuccess(status) || status == (int)HttpStatusCode.NotFound;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ResetAsync(Client client, AccessToken token, CancellationToken cancellationToken) =>
        IsSuccess(await SendAsync(HttpMethod.Delete, client, "/token/reset", token.Id, null, cancellationToken)
            .ConfigureAwait(false));

    private static bool IsSuccess(int status) => status is >= 200 and < 300;

    private async ValueTask<int> SendAsync(
        HttpMethod method,
        Client client,
        string path,
        AccessTokenId token,
        int? documentsPerUpdate,
        CancellationToken cancellationToken)
    {
        if (client.ProviderUrl is not { } url)
        {
            return IProviderGateway.Unreachable;
        }

        var secret = await secrets.OfAsync(token, cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(method, url.TrimEnd('/') + path)
        {
            Content = Body(secret, documentsPerUpdate),
        };
        using var timeout = new CancellationTokenSource(
            TimeSpan.FromSeconds(options.Value.ProviderTimeoutSeconds), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var sender = http.CreateClient(HttpClientName);
            using var response = await sender
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException e)
        {
            ApiLog.ProviderUnreachable(logger, client.Name, path, e.HttpRequestError.ToString());
            return IProviderGateway.Unreachable;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ApiLog.ProviderUnreachable(logger, client.Name, path, "it did not answer in time");
            return IProviderGateway.Unreachable;
        }
    }

    private ReadOnlyMemoryContent Body(string secret, int? documentsPerUpdate)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("access_token"u8, secret);
            if (documentsPerUpdate is { } count)
            {
                writer.WriteNumber("documents_per_update"u8, count);
                if (options.Value.BaseUrl.Length > 0)
                {
                    writer.WriteString("api_url"u8, options.Value.BaseUrl);
                }
            }

            writer.WriteEndObject();
        }

        var content = new ReadOnlyMemoryContent(buffer.WrittenMemory);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
