using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Emulators.Salesforce;
using AnyFetch.Providers.Salesforce;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Salesforce;

/// <summary>A scene with a Salesforce organisation.</summary>
public sealed class SalesforceScene
    : EmulatedScene<SalesforceScene, SalesforceEmulator, SalesforceProvider, SalesforceProviderOptions>,
        IEmulatorOptions<SalesforceProviderOptions, SalesforceEmulator>
{
    /// <summary>Points the provider at an emulator.</summary>
    public static void Configure(SalesforceProviderOptions options, SalesforceEmulator source)
    {
        options.ClientId = SalesforceEmulator.ConsumerKey;
        options.ClientSecret = SalesforceEmulator.ConsumerSecret;
        options.LoginUrl = source.Url;
    }

    /// <summary>A contact with a name.</summary>
    public SalesforceRow AddContact(string name) => Source.Records.Add(
        "Contact", new JsonObject { ["Name"] = name, ["LastName"] = name, ["Email"] = name.ToLowerInvariant() + "@acme.test" });

    public string Identifier(string id) => Source.Url.AbsoluteUri + id;

    public JsonObject Document(string id) => Platform.Documents[(Token, Identifier(id))];

    /// <summary>What the platform holds: the identifier, and the content or the name.</summary>
    public Dictionary<string, string> Stored() => Platform.Documents.ToDictionary(
        document => document.Key.Identifier,
        document => Platform.Files.TryGetValue(document.Key, out var file)
            ? Encoding.UTF8.GetString(file)
            : (string?)document.Value["metadata"]!["name"] ?? "");

    /// <summary>What the source holds of contacts, as the platform should hold it.</summary>
    public Dictionary<string, string> Expected() => Source.Records.Of("Contact")
        .ToDictionary(row => Identifier(row.Id), row => (string)row.Fields["Name"]!);
}
