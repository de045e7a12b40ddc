using AnyFetch.Emulators.Dropbox;
using AnyFetch.Providers.Dropbox;
using AnyFetch.Providers.Tests.Dropbox;
using AnyFetch.Providers.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Dropbox provider, whose consent page is Dropbox' own.</summary>
public sealed class DropboxProtocolTests : ProtocolSuite
{
    protected override async Task<ProtocolTarget> StartAsync(FakePlatform platform, string directory)
    {
        var source = await DropboxEmulator.StartAsync();
        var host = await TestHost.StartAsync<DropboxProvider>(
            platform,
            directory,
            services => services.Configure<DropboxProviderOptions>(options => DropboxScene.Configure(options, source)));
        return new EmulatedTarget(source, host, i => source.Files.Put($"/file-{i}.txt", "content " + i));
    }
}
