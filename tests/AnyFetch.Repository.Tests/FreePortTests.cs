using System.Net;
using System.Net.Sockets;

namespace AnyFetch.Repository.Tests;

/// <summary>The port that tests give to a server which has to know its address before it starts.</summary>
public sealed class FreePortTests
{
    [Fact]
    public void A_port_is_given_once_and_can_be_listened_at()
    {
        var ports = Enumerable.Range(0, 50).Select(_ => FreePort.Take()).ToList();

        Assert.Distinct(ports);
        foreach (var port in ports)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
    }

    [Fact]
    public void Another_test_run_cannot_hold_the_same_port()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };

        Assert.Throws<SocketException>(() => other.Bind(new IPEndPoint(IPAddress.Loopback, FreePort.Take())));
    }

    [Fact]
    public void Whoever_asks_the_system_for_any_port_does_not_get_one_of_these()
    {
        var range = File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split('\t').Select(int.Parse).ToList();
        var leavesRoom = range[0] > 20_000 || range[1] < IPEndPoint.MaxPort;

        Assert.All(
            Enumerable.Range(0, 50).Select(_ => FreePort.Take()),
            port => Assert.False(leavesRoom && port >= range[0] && port <= range[1]));
    }
}
