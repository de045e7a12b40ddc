using System.Net;
using System.Net.Sockets;
using AnyFetch.Server.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AnyFetch.Server.Http;

/// <summary>
/// Where the server listens and how it is reached. Known before anything starts: built-in hydraters and providers are
/// registered under the server's own URL, so a port of 0 is taken here and handed to Kestrel open.
/// </summary>
internal sealed class ListenAddresses : IDisposable
{
    private readonly List<Socket> _taken = [];
    private readonly List<Action<KestrelServerOptions>> _listens = [];

    public ListenAddresses(ServerOptions options)
    {
        var urls = options.Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Take)
            .ToList();
        PublicUrl = new Uri(options.PublicUrl ?? urls[0]);
        LocalUrl = new Uri(urls[0]);
    }

    /// <summary>How people and other hosts reach this server. Ends in a slash.</summary>
    public Uri PublicUrl { get; }

    /// <summary>How this machine reaches this server. Ends in a slash.</summary>
    public Uri LocalUrl { get; }

    public void Listen(KestrelServerOptions kestrel) => _listens.ForEach(listen => listen(kestrel));

    /// <inheritdoc/>
    public void Dispose() => _taken.ForEach(socket => socket.Dispose());

    /// <summary>Notes an address to listen on and returns the URL under which this machine reaches it.</summary>
    private string Take(string url)
    {
        var isAny = url.Contains("://*", StringComparison.Ordinal) || url.Contains("://+", StringComparison.Ordinal);
        var uri = new Uri(isAny ? url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal)
            .Replace("://+", "://0.0.0.0", StringComparison.Ordinal) : url);
        var address = IPAddress.TryParse(uri.DnsSafeHost, out var ip) ? ip : IPAddress.Loopback;
        var host = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? "localhost" : uri.Host;
        var port = uri.Port;
        if (port == 0)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            _taken.Add(socket);
            socket.Bind(new IPEndPoint(address, 0));
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            _listens.Add(kestrel => kestrel.ListenHandle((ulong)socket.Handle));
        }
        else if (isAny)
        {
            _listens.Add(kestrel => kestrel.ListenAnyIP(port));
        }
        else if (ip is null)
        {
            _listens.Add(kestrel => kestrel.ListenLocalhost(port));
        }
        else
        {
            _listens.Add(kestrel => kestrel.Listen(address, port));
        }

        return $"http://{host}:{port}/";
    }
}
