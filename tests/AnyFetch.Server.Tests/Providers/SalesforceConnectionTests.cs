using System.Text.Json.Nodes;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Salesforce;

namespace AnyFetch.Server.Tests.Providers;

/// <summary>What a person does with Salesforce: connects it in the manager and searches.</summary>
public sealed class SalesforceConnectionTests() : ConnectionTest("salesforce", "Salesforce")
{
    private SalesforceEmulator _salesforce = null!;

    protected override string AccountName => SalesforceEmulator.Username;

    protected override IEnumerable<(string Key, string Value)> Settings =>
    [
        ("ClientId", SalesforceEmulator.ConsumerKey),
        ("ClientSecret", SalesforceEmulator.ConsumerSecret),
        ("LoginUrl", _salesforce.Url.AbsoluteUri),
        ("Objects:0", "Contact"),
        ("Objects:1", "Case"),
    ];

    [Fact]
    public async Task A_person_connects_and_searches()
    {
        var contact = _salesforce.Records.Add(
            "Contact", new JsonObject { ["Name"] = "Wilhelmina Ostrander", ["Email"] = "wilhelmina@acme.test" });
        _salesforce.Records.Add("Case", new JsonObject { ["Subject"] = "Anvil too light", ["Description"] = "It flew away." });
        var source = await ConnectAsync();
        await FindAsync("Ostrander", 1);
        await FindAsync("anvil", 1);
        _salesforce.Records.Change(contact.Id, new JsonObject { ["Name"] = "Wilhelmina Vandermeer" });
        await PressAsync(source, "update");
        await FindAsync("Vandermeer", 1);
        await FindAsync("Ostrander", 0);
    }

    protected override async Task<SourceEmulator> StartSourceAsync() => _salesforce = await SalesforceEmulator.StartAsync();
}
