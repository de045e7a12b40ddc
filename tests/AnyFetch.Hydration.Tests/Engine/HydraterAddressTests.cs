using System.Net;
using System.Net.Sockets;
using AnyFetch.Hydration.Workers;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>Where the core calls hydraters that others registered.</summary>
public sealed class HydraterAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:192.168.1.1", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("fe80::1", false)]
    public void Private_addresses_are_for_those_who_allow_them_and_some_for_nobody(string address, bool isForSome)
    {
        Assert.Equal(isForSome, HydraterAddresses.Allows(IPAddress.Parse(address), allowsPrivate: true));
        Assert.False(HydraterAddresses.Allows(IPAddress.Parse(address), allowsPrivate: false));
    }

    [Fact]
    public void Public_addresses_are_for_all() =>
        Assert.True(HydraterAddresses.Allows(IPAddress.Parse("93.184.216.34"), allowsPrivate: false));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_private_address_that_is_not_allowed_is_never_connected_to(string host)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"http://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}/hydrate");
        using var http = new HydraterHttp(Options.Create(new HydrationOptions { PrivateHydraters = false }));

        await Assert.ThrowsAsync<HttpRequestException>(() => http.Client.GetAsync(url));

        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task A_host_that_is_named_is_connected_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hydrate");
        using var http = new HydraterHttp(Options.Create(
            new HydrationOptions { PrivateHydraters = false, PrivateHydraterHosts = { "127.0.0.1" } }));
        using var stop = new CancellationTokenSource();

        var call = http.Client.GetAsync(url, stop.Token);
        using var connection = await listener.AcceptTcpClientAsync();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
