namespace AnyFetch.Provider.OAuth;

/// <summary>Sends the calls of both OAuth flows; an answer that takes too long is a time-out, not a cancelled run.</summary>
internal static class OAuthTransport
{
    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (TaskCanceledException late) when (late.InnerException is TimeoutException)
        {
            throw new TimeoutException("The source did not answer in time.", late);
        }
    }
}
