namespace AnyFetch.Client.Http;

/// <summary>One pool of connections for clients that bring none; it lives as long as the process.</summary>
internal static class SharedHttp
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // The transport has its own time-outs: HttpClient's would cut a long upload.
    public static HttpClient Client { get; } = new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = ConnectionLifetime,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
