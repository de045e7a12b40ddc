using AnyFetch.Emulators.Salesforce;
using AnyFetch.Provider;
using AnyFetch.Providers.Salesforce;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Salesforce;

/// <summary>What any source may do to a run, done by a Salesforce organisation to one way of listing it.</summary>
public abstract class SalesforceFaultSuite : SourceFaultSuite
{
    protected override string RevokePath => "services/oauth2/revoke";

    protected override string ClientSecret => SalesforceEmulator.ConsumerSecret;

    protected override bool HasFiles => false;

    /// <summary>Chooses the way of listing.</summary>
    protected abstract void Configure(SalesforceProviderOptions options);

    protected override async Task<SourceScene> StartAsync(
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null, bool connect = true)
    {
        var scene = await SalesforceScene.StartAsync(configure, Configure, time, connect);
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

    // Deletions are not told of the time since the last run.
    protected override void Vanish(SourceScene scene)
    {
        var source = ((SalesforceScene)scene).Source;
        source.Records.Vanish(source.Records.Of("Contact")[3].Id);
        source.EarliestDeletion = TimeProvider.System.GetUtcNow().AddMinutes(-1);
    }
}
