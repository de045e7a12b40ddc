using System.Net;

namespace AnyFetch.Server.Directories;

/// <summary>Asks a provider again that answers 503 because it is still starting, for up to a minute.</summary>
internal sealed class StartingProviderHandler(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    private const int AttemptsMax = 1_200;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == AttemptsMax)
            {
                return response;
            }

            response.Dispose();
            await Task.Delay(s_pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
