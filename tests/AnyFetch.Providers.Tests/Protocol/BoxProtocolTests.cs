using AnyFetch.Emulators.Box;
using AnyFetch.Providers.Box;
using AnyFetch.Providers.Tests.Box;
using AnyFetch.Providers.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Box provider.</summary>
public sealed class BoxProtocolTests : ProtocolSuite
{
    protected override async Task<ProtocolTarget> StartAsync(FakePlatform platform, string directory)
    {
        var source = await BoxEmulator.StartAsync();
        var host = await TestHost.StartAsync<BoxProvider>(
            platform,
            directory,
            services => services.Configure<BoxProviderOptions>(options => BoxScene.Configure(options, source)));
        return new EmulatedTarget(source, host, i => source.Files.AddFile($"file-{i}.txt", "content " + i));
    }
}
