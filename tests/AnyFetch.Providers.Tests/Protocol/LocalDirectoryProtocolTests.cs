using System.Web;
using AnyFetch.Providers.LocalDirectory;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the local directory provider, which asks with a form.</summary>
public sealed class LocalDirectoryProtocolTests : ProtocolSuite
{
    protected override async Task<ProtocolTarget> StartAsync(FakePlatform platform, string directory)
    {
        var files = new TempDirectory();
        var host = await TestHost.StartAsync<LocalDirectoryProvider>(
            platform,
            directory,
            services => services.Configure<LocalDirectoryProviderOptions>(options =>
            {
                options.AllowedRoots.Add(files.Path);
                options.Watch = false;
                options.GrowthMilliseconds = 0;
            }),
            options =>
            {
                // The suite starts every run itself.
                options.DebounceSeconds = 3600;
                options.ListingAheadCaps = 0;
            });
        return new Target(files, host);
    }

    private sealed class Target(TempDirectory files, TestHost host) : ProtocolTarget
    {
        public override TestHost Host => host;

        public override bool IsConsent(Uri address) =>
            address.AbsolutePath.EndsWith("/init/options", StringComparison.Ordinal);

        public override string ConsentQuery(Uri consent) =>
            "state=" + Uri.EscapeDataString(HttpUtility.ParseQueryString(consent.Query)["state"]!)
            + "&path=" + Uri.EscapeDataString(files.Path);

        public override void PutItems(int count)
        {
            for (var i = 0; i < count; i++)
            {
                File.WriteAllText(files.File($"file-{i}.txt"), "content " + i);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            files.Dispose();
        }
    }
}
