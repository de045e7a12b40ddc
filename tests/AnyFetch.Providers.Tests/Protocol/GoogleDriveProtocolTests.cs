using AnyFetch.Emulators.Google;
using AnyFetch.Providers.GoogleDrive;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Providers.Tests.GoogleDrive;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Google Drive provider.</summary>
public sealed class GoogleDriveProtocolTests : ProtocolSuite
{
    protected override async Task<ProtocolTarget> StartAsync(FakePlatform platform, string directory)
    {
        var source = await DriveEmulator.StartAsync();
        var host = await TestHost.StartAsync<GoogleDriveProvider>(
            platform,
            directory,
            services => services.Configure<GoogleDriveProviderOptions>(options => GoogleDriveScene.Configure(options, source)));
        return new EmulatedTarget(source, host, i => source.Files.Put($"file-{i}.txt", "content " + i));
    }
}
