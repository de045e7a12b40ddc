using AnyFetch.Emulators;
using AnyFetch.Emulators.Salesforce;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Salesforce;

/// <summary>What Salesforce may do to a listing by a query job.</summary>
public sealed class SalesforceBulkFaultTests : SourceFaultSuite
{
    protected override string RevokePath => "services/oauth2/revoke";

    protected override string ClientSecret => SalesforceEmulator.ConsumerSecret;

    protected override bool HasFiles => false;

    protected override async Task<SourceScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, bool connect = true)
    {
        var scene = await SalesforceScene.StartAsync(
            configure,
            options =>
            {
                options.PagedItemsMax = 2;
                options.BulkPageItemsMax = 2;
                options.BulkPollMilliseconds = 1;
            },
            time,
            connect);
        scene.Source.Jobs.PollsUntilDone = time is null ? 1 : 0;
        for (var i = 0; i < Items; i++)
        {
            scene.AddContact($"Contact{i}");
        }

        return scene;
    }

    protected override Dictionary<string, string> Stored(SourceScene scene) => ((SalesforceScene)scene).Stored();

    protected override Dictionary<string, string> Expected(SourceScene scene) => ((SalesforceScene)scene).Expected();

    protected override void PutOne(SourceScene scene) => ((SalesforceScene)scene).AddContact("New");

    protected override bool Is(SourceStep step, EmulatedCall call) => step switch
    {
        SourceStep.Listing => call is { Method: "POST" } && call.Path.EndsWith("/jobs/query", StringComparison.Ordinal),
        SourceStep.NextPage => call.Query.Contains("&locator=", StringComparison.Ordinal),
        _ => call.Path.EndsWith("/VersionData", StringComparison.Ordinal),
    };

    protected override void Vanish(SourceScene scene) => ((SalesforceScene)scene).VanishOne();
}
