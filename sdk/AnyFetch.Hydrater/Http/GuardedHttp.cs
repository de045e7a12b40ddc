using System.Net;
using System.Net.Sockets;

namespace AnyFetch.Hydrater.Http;

/// <summary>
/// HTTP to addresses that a task names: http and https only, no forbidden port, no private address unless it is allowed.
/// Addresses are judged after the name was looked up, on the connection that is then used, so that a name that changes
/// its address between check and use gains nothing.
/// </summary>
internal sealed class GuardedHttp : IDisposable
{
    private readonly HydraterHostOptions _options;

    internal GuardedHttp(HydraterHostOptions options)
    {
        _options = options;
        Client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    internal HttpClient Client { get; }

    /// <summary>Why an address is refused before any connection is made, or null.</summary>
    internal string? Refusal(Uri url) =>
        url.Scheme is not ("http" or "https") ? $"Scheme {url.Scheme} is not allowed."
        : _options.ForbiddenPorts.Contains(url.Port) ? $"Port {url.Port} is not allowed."
        : null;

    public void Dispose() => Client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host.Trim('[', ']');
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        var usable = _options.AllowedPrivateHosts.Contains(host, StringComparer.OrdinalIgnoreCase)
            ? addresses
            : addresses.Where(address => !PrivateAddresses.Contains(address)).ToArray();
        if (usable.Length == 0)
        {
            throw new AddressRefusedException();
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
