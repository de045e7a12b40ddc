using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AnyFetch.Provider;

namespace AnyFetch.Providers;

/// <summary>How a provider calls its source: bounded answers, and a token that is refused is renewed once.</summary>
/// <param name="source">The source's name, for people.</param>
/// <param name="answerBytesMax">The largest JSON answer that is read, in bytes.</param>
internal sealed class SourceHttp(string source, int answerBytesMax) : IDisposable
{
    // Below are success, and the word that the content lies elsewhere.
    private const int RefusalStatusMin = 400;

    private const int RefusalBytesMax = 64 * 1024;

    /// <summary>Redirects are not followed: a token must not travel to another host.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });

    public void Dispose() => Http.Dispose();

    /// <summary>Sends a request; the body of the answer is still to be read.</summary>
    /// <exception cref="TimeoutException">The source did not answer in time.</exception>
    public async Task<HttpResponseMessage> CallAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (TaskCanceledException late) when (late.InnerException is TimeoutException)
        {
            throw new TimeoutException($"{source} did not answer in time.", late);
        }
    }

    /// <summary>
    /// Sends a request with an account's token. One that is refused is renewed once, by whichever task comes first; refused
    /// again, the grant is dead.
    /// </summary>
    /// <param name="session">Keeps the account's tokens.</param>
    /// <param name="account">The account.</param>
    /// <param name="request">Makes the request anew for a token.</param>
    /// <param name="refuse">Reads a refusal: throws what it means, or returns when it was the token that was refused.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="TokenException">The grant is dead.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        OAuthSession session, SourceAccount account, Func<string, HttpRequestMessage> request,
        Func<HttpResponseMessage, CancellationToken, Task> refuse, CancellationToken cancellationToken)
    {
        var token = await session.GetAsync(account, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            using var call = request(token);
            var response = await CallAsync(call, cancellationToken);
            if ((int)response.StatusCode < RefusalStatusMin)
            {
                return response;
            }

            using (response)
            {
                await refuse(response, cancellationToken);
            }

            if (attempt > 1)
            {
                throw new TokenException($"{source} no longer grants access: reconnect it.");
            }

            token = await session.RenewAsync(account, token, cancellationToken);
        }
    }

    /// <summary>Reads an answer whole.</summary>
    /// <exception cref="SourceException">It cannot be read; another attempt may help.</exception>
    public async Task<T> ReadAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(answerBytesMax, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, shape, cancellationToken)
                ?? throw new JsonException("null is no answer.");
        }
        catch (HttpRequestException large) when (large.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new SourceException(
                HttpStatusCode.RequestEntityTooLarge, $"The answer of {source} is larger than {answerBytesMax} bytes.", large);
        }
        catch (JsonException broken)
        {
            // Cut short or made by something in between: nothing may be concluded from it, so it is asked for again.
            throw new SourceException(HttpStatusCode.BadGateway, $"The answer of {source} cannot be read.", broken);
        }
    }

    /// <summary>
    /// What a refusal gives as its reason; null when it gives none that can be read, for it is a refusal all the same.
    /// </summary>
    public static async Task<T?> ReadRefusalAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(RefusalBytesMax, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, shape, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (HttpRequestException large) when (large.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return null;
        }
    }

    /// <summary>The body of an answer, which ends with it.</summary>
    public static async Task<Stream> OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new ResponseStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
}
