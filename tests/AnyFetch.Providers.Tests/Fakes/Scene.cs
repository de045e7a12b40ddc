using AnyFetch.Provider;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Fakes;

/// <summary>A platform, a script and a host over a store that outlives restarts.</summary>
public sealed class Scene : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private Action<AnyFetchProviderOptions>? _configure;
    private TimeProvider? _time;

    public required FakePlatform Platform { get; init; }

    public Script Script { get; } = new();

    public TestHost Host { get; private set; } = null!;

    public static async Task<Scene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, string? token = "T")
    {
        var scene = new Scene { Platform = await FakePlatform.StartAsync(time), _configure = configure, _time = time };
        await scene.StartHostAsync();
        if (token is not null)
        {
            await scene.Host.AddAccountAsync(token);
        }

        return scene;
    }

    public async Task StartHostAsync() =>
        Host = await TestHost.StartAsync(Platform, _directory.Path, Script, _configure, _time);

    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        await StartHostAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Platform.DisposeAsync();
        _directory.Dispose();
    }
}
