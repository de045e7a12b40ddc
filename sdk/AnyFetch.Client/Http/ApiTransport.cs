using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AnyFetch.Client.Http;

/// <summary>Sends requests, tries again when that is safe, and turns refusals into <see cref="AnyFetchException"/>.</summary>
internal sealed class ApiTransport(
    HttpClient http, Uri baseAddress, AnyFetchCredentials credentials, AnyFetchClientOptions options)
{
    private readonly Uri _base = baseAddress.AbsoluteUri.EndsWith('/')
        ? baseAddress
        : new Uri(baseAddress.AbsoluteUri + "/");

    private readonly RetrySchedule _schedule = new(options);

    /// <summary>Sends a GET and reads its JSON.</summary>
    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        ReadAsync(ApiRequest.Get(path), type, cancellationToken);

    /// <summary>Sends a request and reads its JSON.</summary>
    public async Task<T> ReadAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendCheckedAsync(request, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(stream, type, cancellationToken)
            ?? throw new JsonException($"The server answered null to {request.Method} /{request.Path}.");
    }

    /// <summary>Sends a request whose answer has no body of interest.</summary>
    public async Task SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var response = await SendCheckedAsync(request, cancellationToken);
    }

    /// <summary>Sends a request; anything but success is thrown. The caller owns the response.</summary>
    public async Task<HttpResponseMessage> SendCheckedAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var response = await SendForResponseAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw ToException(response, await ReadBodyAsync(response, cancellationToken), options.TimeProvider);
        }
    }

    /// <summary>Sends a request, waiting and trying again where allowed; the caller judges the status.</summary>
    public async Task<HttpResponseMessage> SendForResponseAsync(
        ApiRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                var response = await SendOnceAsync(request, cancellationToken);
                if (!_schedule.ShouldWait(response, attempt, out wait))
                {
                    return response;
                }

                response.Dispose();
            }
            catch (Exception failure) when (
                request.Idempotent && _schedule.ShouldWait(failure, attempt, cancellationToken, out wait))
            {
                // Nothing to keep: the next attempt builds the request anew.
            }

            await Task.Delay(wait, options.TimeProvider, cancellationToken);
        }
    }

    /// <summary>Turns a refusal into an exception, whatever its body looks like.</summary>
    public static AnyFetchException ToException(HttpResponseMessage response, byte[] body, TimeProvider time)
    {
        var error = ErrorBody.TryRead(body);
        var message = error?.Message is { Length: > 0 } text
            ? text
            : $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.";
        return new AnyFetchException(
            response.StatusCode, error?.Code ?? "", message, RetrySchedule.RetryAfter(response, time));
    }

    /// <summary>Reads a whole, small body.</summary>
    public static Task<byte[]> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content.ReadAsByteArrayAsync(cancellationToken);

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var seconds = request.IsFile ? options.FileTimeoutSeconds : options.TimeoutSeconds;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var message = new HttpRequestMessage(request.Method, new Uri(_base, request.Path));
        message.Headers.Authorization = credentials.Header;
        if (request.Body is { } body)
        {
            message.Content = await body(both.Token);
        }

        try
        {
            // Only the headers are awaited: bodies are streamed to whoever reads them.
            return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer from {_base.Host} within {seconds} s.", canceled);
        }
    }
}
