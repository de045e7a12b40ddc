using AnyFetch.Emulators;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over a provider whose source is emulated, with the library as it is configured by itself.</summary>
public abstract class EmulatedProtocolSuite<TScene, TSource, TProvider, TOptions> : ProtocolSuite
    where TScene : EmulatedScene<TScene, TSource, TProvider, TOptions>, IEmulatorOptions<TOptions, TSource>, new()
    where TSource : SourceEmulator, IEmulator<TSource>
    where TProvider : class, IProvider
    where TOptions : class
{
    /// <summary>Puts an item at the source.</summary>
    protected abstract void Put(TSource source, int i);

    protected override async Task<ProtocolTarget> StartAsync(FakePlatform platform, string directory)
    {
        var source = await TSource.StartAsync();
        var host = await EmulatedScene<TScene, TSource, TProvider, TOptions>.StartHostAsync(source, platform, directory);
        return new EmulatedTarget(source, host, i => Put(source, i));
    }
}
