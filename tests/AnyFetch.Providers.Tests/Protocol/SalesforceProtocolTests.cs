using System.Text.Json.Nodes;
using AnyFetch.Emulators.Salesforce;
using AnyFetch.Providers.Salesforce;
using AnyFetch.Providers.Tests.Salesforce;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>The suite over the Salesforce provider with a configured host.</summary>
public sealed class SalesforceProtocolTests
    : EmulatedProtocolSuite<SalesforceScene, SalesforceEmulator, SalesforceProvider, SalesforceProviderOptions>
{
    protected override void Put(SalesforceEmulator source, int i) =>
        source.Records.Add("Contact", new JsonObject { ["Name"] = "Contact " + i });
}
