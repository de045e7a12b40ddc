using System.Web;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over a provider with a consent page of its own.</summary>
public sealed class ScriptedProtocolTests : ProtocolSuite
{
    protected override async Task<ProtocolTarget> StartAsync(FakePlatform platform, string directory)
    {
        var script = new Script();
        return new Target(script, await TestHost.StartAsync(platform, directory, script));
    }

    private sealed class Target(Script script, TestHost host) : ProtocolTarget
    {
        public override TestHost Host => host;

        public override bool IsConsent(Uri address) => address.Host == "source.test";

        public override string ConsentQuery(Uri consent) =>
            "state=" + Uri.EscapeDataString(HttpUtility.ParseQueryString(consent.Query)["state"]!) + "&granted=yes";

        public override void PutItems(int count) => script.Yields(
        [
            .. Enumerable.Range(0, count).Select(i => new SyncItem.Upsert($"item-{i}") { Version = "1" }),
            new SyncItem.ListingComplete(),
            new SyncItem.Checkpoint("end"),
        ]);

        public override ValueTask DisposeAsync() => host.DisposeAsync();
    }
}
