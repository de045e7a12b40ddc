namespace AnyFetch.Hydration.Workers;

/// <summary>The HTTP client that external hydraters are called with: no redirects, no cookies.</summary>
internal sealed class HydraterHttp : IDisposable
{
    private const int ConnectionMinutes = 2;

    /// <summary>The client. Its calls are limited in time by their tokens.</summary>
    internal HttpClient Client { get; } = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(ConnectionMinutes),
        })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
