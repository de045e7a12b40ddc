using AnyFetch.Emulators.Evernote;
using AnyFetch.Providers.Evernote;
using AnyFetch.Providers.Tests.Evernote;
using AnyFetch.Providers.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Evernote provider, whose consent page speaks OAuth 1.0a.</summary>
public sealed class EvernoteProtocolTests : ProtocolSuite
{
    protected override async Task<ProtocolTarget> StartAsync(FakePlatform platform, string directory)
    {
        var source = await EvernoteEmulator.StartAsync();
        var host = await TestHost.StartAsync<EvernoteProvider>(
            platform,
            directory,
            services => services.Configure<EvernoteProviderOptions>(options => EvernoteScene.Configure(options, source)));
        return new EmulatedTarget(source, host, i => source.Notes.Put($"Note {i}", $"content {i}"));
    }
}
