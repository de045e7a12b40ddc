using AnyFetch.Emulators;
using AnyFetch.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Tests.Fakes;

/// <summary>How a provider's options lead it to an emulator.</summary>
public interface IEmulatorOptions<TOptions, TSource>
{
    static abstract void Configure(TOptions options, TSource source);
}

/// <summary>A scene with one provider, whose four tasks at once meet its own emulator.</summary>
public abstract class EmulatedScene<TScene, TSource, TProvider, TOptions> : SourceScene
    where TScene : EmulatedScene<TScene, TSource, TProvider, TOptions>, IEmulatorOptions<TOptions, TSource>, new()
    where TSource : SourceEmulator, IEmulator<TSource>
    where TProvider : class, IProvider
    where TOptions : class
{
    private Action<AnyFetchProviderOptions>? _library;
    private Action<TOptions>? _provider;

    public TSource Source { get; private set; } = null!;

    public sealed override SourceEmulator Emulator => Source;

    /// <summary>Starts a scene; by default it is connected and can run.</summary>
    public static async Task<TScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, Action<TOptions>? source = null,
        TimeProvider? time = null, bool connect = true)
    {
        var scene = new TScene
        {
            Source = await TSource.StartAsync(time), Time = time, _library = configure, _provider = source,
        };
        await scene.StartAsync(connect);
        return scene;
    }

    /// <summary>Starts a provider of the kind over an emulator that is there already.</summary>
    public static Task<TestHost> StartHostAsync(
        TSource source, FakePlatform platform, string directory, Action<TOptions>? provider = null,
        Action<AnyFetchProviderOptions>? library = null, TimeProvider? time = null) =>
        TestHost.StartAsync<TProvider>(
            platform,
            directory,
            services => services.Configure<TOptions>(options =>
            {
                TScene.Configure(options, source);
                provider?.Invoke(options);
            }),
            library,
            time);

    protected override Task<TestHost> StartHostAsync(FakePlatform platform, string directory) => StartHostAsync(
        Source,
        platform,
        directory,
        _provider,
        options =>
        {
            options.Concurrency = 4;
            _library?.Invoke(options);
        },
        Time);
}
