using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>One server for all raw requests.</summary>
public sealed class RawRequestServer : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
