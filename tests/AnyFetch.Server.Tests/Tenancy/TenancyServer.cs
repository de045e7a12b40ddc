using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Tenancy;

/// <summary>One server for all tests of a class; each takes a world of its own where it changes something.</summary>
public sealed class TenancyServer : IAsyncLifetime
{
    private World? _world;

    public TestServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>A world that nothing has changed yet.</summary>
    internal async Task<World> GetWorldAsync() => _world ??= await World.CreateAsync(Server);

    /// <summary>The next test gets another world.</summary>
    internal void Renew() => _world = null;
}
