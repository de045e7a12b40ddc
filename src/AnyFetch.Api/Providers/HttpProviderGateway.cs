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
    private const int AnswerBytesMax = 4 * 1024 * 1024;

    /// <summary>The name of the HTTP client.</summary>
    public const string HttpClientName = "AnyFetch.Providers";

    /// <inheritdoc/>
    public async ValueTask<int> UpdateAsync(
        Client client,
        AccessToken token,
        UpdateTerms terms,
        CancellationToken cancellationToken) =>
        await SendAsync(
                new ProviderQuestion(HttpMethod.Post, "/update") { Terms = terms }, client, token.Id, ReadStatus,
                cancellationToken)
            .ConfigureAwait(false)
        ?? IProviderGateway.Unreachable;

    /// <inheritdoc/>
    public async ValueTask<bool> ForgetAsync(Client client, AccessTokenId token, CancellationToken cancellationToken)
    {
        var status = await SendAsync(
                new ProviderQuestion(HttpMethod.Delete, "/token"), client, token, ReadStatus, cancellationToken)
            .ConfigureAwait(false);

        // An account that the provider does not know is gone already.
        return IsSuccess(status) || status == (int)HttpStatusCode.NotFound;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ResetAsync(Client client, AccessToken token, CancellationToken cancellationToken) =>
        IsSuccess(await SendAsync(
                new ProviderQuestion(HttpMethod.Delete, "/token/reset"), client, token.Id, ReadStatus,
                cancellationToken)
            .ConfigureAwait(false));

    /// <inheritdoc/>
    public async ValueTask<ProviderAnswer> AskAsync(
        Client client,
        AccessTokenId token,
        ProviderQuestion question,
        CancellationToken cancellationToken) =>
        await SendAsync(question, client, token, ReadAnswerAsync, cancellationToken).ConfigureAwait(false)
        ?? new ProviderAnswer(IProviderGateway.Unreachable, null);

    private static ValueTask<int?> ReadStatus(HttpResponseMessage response, CancellationToken cancellationToken) =>
        ValueTask.FromResult<int?>((int)response.StatusCode);

    private static async ValueTask<ProviderAnswer?> ReadAnswerAsync(
        HttpResponseMessage response,
        CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(AnswerBytesMax, cancellationToken).ConfigureAwait(false);
            using var json = await JsonDocument.ParseAsync(
                await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false),
                default,
                cancellationToken).ConfigureAwait(false);
            return new ProviderAnswer((int)response.StatusCode, json.RootElement.Clone());
        }
        catch (JsonException)
        {
            // No body, or somebody else's error page: the status says what there is to say.
            return new ProviderAnswer((int)response.StatusCode, null);
        }
    }

    private static bool IsSuccess(int? status) => status is >= 200 and < 300;

    /// <summary>What the reader makes of the answer; null when there is none.</summary>
    private async ValueTask<T?> SendAsync<T>(
        ProviderQuestion question,
        Client client,
        AccessTokenId token,
        Func<HttpResponseMessage, CancellationToken, ValueTask<T?>> read,
        CancellationToken cancellationToken)
    {
        if (client.ProviderUrl is not { } url)
        {
            return default;
        }

        var secret = await secrets.OfAsync(token, cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(question.Method, url.TrimEnd('/') + question.Path);
        if (question.Method == HttpMethod.Get)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        }
        else
        {
            request.Content = Body(secret, question);
        }

        using var timeout = new CancellationTokenSource(
            TimeSpan.FromSeconds(options.Value.ProviderTimeoutSeconds), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var sender = http.CreateClient(HttpClientName);
            using var response = await sender
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            return await read(response, either.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            ApiLog.ProviderUnreachable(logger, client.Name, question.Path, e.HttpRequestError.ToString());
            return default;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ApiLog.ProviderUnreachable(logger, client.Name, question.Path, "it did not answer in time");
            return default;
        }
    }

    private ReadOnlyMemoryContent Body(string secret, ProviderQuestion question)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("access_token"u8, secret);
            foreach (var (name, value) in question.Parameters)
            {
                writer.WriteString(name, value);
            }

            if (question.Terms is { } terms)
            {
                writer.WriteNumber("documents_per_update"u8, terms.DocumentsPerUpdate);
                WriteNames(writer, "junk_names", terms.JunkNames);
                WriteNames(writer, "junk_folders", terms.JunkFolders);
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

    /// <summary>Null is sent as such: what a company said earlier counts no more.</summary>
    private static void WriteNames(Utf8JsonWriter writer, string name, IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (var one in names)
        {
            writer.WriteStringValue(one);
        }

        writer.WriteEndArray();
    }
}
