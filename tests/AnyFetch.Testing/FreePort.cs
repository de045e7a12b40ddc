using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AnyFetch.Testing;

/// <summary>
/// A port for a server that must know its address before it starts. Nobody else gets it in the meantime: the system gives ports
/// of its own range only to whoever asks for any port or connects somewhere, so these stand outside of it; and of two test runs at
/// once, in whatever processes, only one can hold the UDP socket of the same number, which this process keeps until it ends.
/// </summary>
public static class FreePort
{
    // Below are ports that well-known servers use and those that browsers refuse.
    private const int First = 20_000;
    private const string SystemRange = "/proc/sys/net/ipv4/ip_local_port_range";

    private static readonly Lock s_lock = new();
    private static readonly List<Socket> s_taken = [];
    private static readonly int[] s_ports = Candidates();
    private static int s_next = Random.Shared.Next(s_ports.Length);

    /// <summary>A port of 127.0.0.1 that this process has not had before and no other test run has.</summary>
    public static int Take()
    {
        lock (s_lock)
        {
            for (var tries = 0; tries < s_ports.Length; tries++)
            {
                var port = s_ports[s_next++ % s_ports.Length];
                if (Reserve(port) is not { } reservation)
                {
                    continue;
                }

                if (IsFree(port))
                {
                    s_taken.Add(reservation);
                    return port;
                }

                reservation.Dispose();
            }
        }

        throw new InvalidOperationException("There is no free port.");
    }

    /// <summary>The address of a server at a port of its own, without a slash at its end.</summary>
    public static string TakeAddress() => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Take()}");

    private static Socket? Reserve(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>All ports where the system leaves none outside of its own range.</summary>
    private static int[] Candidates()
    {
        var all = Enumerable.Range(First, IPEndPoint.MaxPort - First + 1).ToArray();
        if (!File.Exists(SystemRange))
        {
            return all;
        }

        var bounds = File.ReadAllText(SystemRange).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var (from, to) = (int.Parse(bounds[0], CultureInfo.InvariantCulture), int.Parse(bounds[1], CultureInfo.InvariantCulture));
        var outside = all.Where(port => port < from || port > to).ToArray();
        return outside.Length > 0 ? outside : all;
    }
}
