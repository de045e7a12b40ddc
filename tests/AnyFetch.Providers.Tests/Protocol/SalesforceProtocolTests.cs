using System.Text.Json.Nodes;
using AnyFetch.Emulators.Salesforce;
using AnyFetch.Providers.Salesforce;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Providers.Tests.Salesforce;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Salesforce provider with a configured host.</summary>
public sealed class SalesforceProtocolTests : ProtocolSuite
{
    protected override async Task<ProtocolTarget> StartAsync(FakePlatform platform, string directory)
    {
        var source = await SalesforceEmulator.StartAsync();
        var host = await TestHost.StartAsync<SalesforceProvider>(
            platform,
            directory,
            services => services.Configure<SalesforceProviderOptions>(
                options => SalesforceScene.Configure(options, source)));
        return new EmulatedTarget(
            source, host, i => source.Records.Add("Contact", new JsonObject { ["Name"] = "Contact " + i }));
    }
}
