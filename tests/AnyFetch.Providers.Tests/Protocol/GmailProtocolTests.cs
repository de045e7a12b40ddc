using AnyFetch.Emulators.Google;
using AnyFetch.Providers.Gmail;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Providers.Tests.Gmail;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Gmail provider.</summary>
public sealed class GmailProtocolTests : ProtocolSuite
{
    protected override async Task<ProtocolTarget> StartAsync(FakePlatform platform, string directory)
    {
        var source = await GmailEmulator.StartAsync();
        var host = await TestHost.StartAsync<GmailProvider>(
            platform,
            directory,
            services => services.Configure<GmailProviderOptions>(options => GmailScene.Configure(options, source)));
        return new EmulatedTarget(source, host, i => source.Box.Deliver(GmailScene.Letter("mail " + i)));
    }
}
