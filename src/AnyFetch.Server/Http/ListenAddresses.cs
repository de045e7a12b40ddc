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
            port = TakeFree(address);
            return $"http://{host}:{port}/";
        }

        Probe(address, port);
        _listens.Add(kestrel =>
        {
            if (isAny)
            {
                kestrel.ListenAnyIP(port);
            }
            else if (ip is null)
            {
                kestrel.ListenLocalhost(port);
            }
            else
            {
                kestrel.Listen(ip, port);
            }
        });
        return $"http://{host}:{port}/";
    }

    private int TakeFree(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _taken.Add(socket);
        socket.Bind(new IPEndPoint(address, 0));
        _listens.Add(kestrel => kestrel.ListenHandle((ulong)socket.Handle));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Finds out now, not in the middle of the start, whether somebody else listens there.</summary>
    private static void Probe(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
        }
        catch (SocketException e)
        {
            throw new AddressTakenException($"http://{address}:{port} cannot be listened on: {e.Message}.", e);
        }
    }
}
