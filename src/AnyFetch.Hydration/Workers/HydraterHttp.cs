using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Workers;

/// <summary>The HTTP client that external hydraters are called with: no redirects, no cookies, no addresses that are refused.</summary>
internal sealed class HydraterHttp : IDisposable
{
    private const int ConnectionMinutes = 2;

    private readonly HydrationOptions _options;

    public HydraterHttp(IOptions<HydrationOptions> options)
    {
        _options = options.Value;
        Client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(ConnectionMinutes),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>The client. Its calls are limited in time by their tokens.</summary>
    internal HttpClient Client { get; }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host.Trim('[', ']');
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        var allowsPrivate = _options.PrivateHydraters || _options.PrivateHydraterHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
        var usable = addresses.Where(address => HydraterAddresses.Allows(address, allowsPrivate)).ToArray();
        if (usable.Length == 0)
        {
            throw new HttpRequestException(
                HttpRequestError.ConnectionError,
                "The address is private: Hydration:PrivateHydraters and Hydration:PrivateHydraterHosts say what may be called.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(usable, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }
}
