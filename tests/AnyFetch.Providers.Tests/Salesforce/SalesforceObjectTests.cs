using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Providers.Salesforce;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Providers.Tests.Salesforce;

/// <summary>What becomes of the records besides contacts, for those who choose them.</summary>
public sealed class SalesforceObjectTests
{
    private static Task<SalesforceScene> StartAsync(TimeProvider? time, params string[] objects) =>
        SalesforceScene.StartAsync(
            options => options.IntervalMinutes = 0,
            options =>
            {
                foreach (var name in objects)
                {
                    options.Objects.Add(name);
                }
            },
            time);

    [Fact]
    public async Task Accounts_opportunities_cases_and_notes_become_documents_that_name_each_other()
    {
        await using var scene = await StartAsync(null, "Account", "Contact", "Opportunity", "Case", "Note");
        var records = scene.Source.Records;
        var account = records.Add("Account", new JsonObject
        {
            ["Name"] = "Acme", ["Description"] = "Makes anvils.", ["Industry"] = "Steel", ["BillingCity"] = "Lyon",
        });
        var contact = records.Add("Contact", new JsonObject { ["Name"] = "Ann", ["AccountId"] = account.Id });
        var sale = records.Add("Opportunity", new JsonObject
        {
            ["Name"] = "Ten anvils", ["StageName"] = "Negotiation", ["Amount"] = 1250.5, ["AccountId"] = account.Id,
        });
        var complaint = records.Add("Case", new JsonObject
        {
            ["CaseNumber"] = "00001026", ["Subject"] = "Anvil too light", ["Description"] = "It flew away.",
            ["ContactId"] = contact.Id, ["AccountId"] = account.Id,
        });
        var note = records.Add("Note", new JsonObject { ["Title"] = "Call", ["Body"] = "Call back.", ["ParentId"] = sale.Id });
        await scene.RunAsync();

        Assert.Equal(
            ["Acme", "Makes anvils.", "Steel"],
            new[] { "title", "text", "industry" }.Select(name => (string?)scene.Document(account.Id)["metadata"]![name]));
        var metadata = scene.Document(sale.Id)["metadata"]!;
        Assert.Equal(("Negotiation", 1250.5, "Acme"), ((string?)metadata["stage"], (double?)metadata["amount"], (string?)metadata["account"]));
        Assert.Equal("Ann", (string?)scene.Document(complaint.Id)["metadata"]!["contact"]);
        Assert.Equal("Call back.", (string?)scene.Document(note.Id)["metadata"]!["text"]);
        Assert.Equal([scene.Identifier(account.Id)], Related(scene, contact.Id));
        Assert.Equal([scene.Identifier(account.Id), scene.Identifier(contact.Id)], Related(scene, complaint.Id));
        Assert.Equal([scene.Identifier(sale.Id)], Related(scene, note.Id));
        Assert.All(
            [account, sale, complaint, note],
            row => Assert.Equal("document", (string?)scene.Document(row.Id)["document_type"]));
    }

    [Fact]
    public async Task A_lead_is_a_contact_until_it_is_converted()
    {
        await using var scene = await StartAsync(null, "Lead");
        var lead = scene.Source.Records.Add("Lead", new JsonObject
        {
            ["Name"] = "Bo", ["Company"] = "Acme", ["Street"] = "1 Main St", ["City"] = "Lyon", ["IsConverted"] = false,
        });
        await scene.RunAsync();
        Assert.Equal("contact", (string?)scene.Document(lead.Id)["document_type"]);
        Assert.Equal("Acme", (string?)scene.Document(lead.Id)["metadata"]!["worksFor"]);
        Assert.Equal("1 Main St, Lyon", (string?)scene.Document(lead.Id)["metadata"]!["address"]![0]!["address"]);
        scene.Source.Records.Change(lead.Id, new JsonObject { ["IsConverted"] = true });
        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
    }

    [Fact]
    public async Task Files_keep_their_identifier_with_each_version_and_attachments_name_their_record()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time, "File", "Attachment", "Account");
        var records = scene.Source.Records;
        var file = records.AddFile("Annual_report", "pdf", Encoding.UTF8.GetBytes("one"));
        var document = (string)file.Fields["ContentDocumentId"]!;
        var account = records.Add("Account", new JsonObject { ["Name"] = "Acme" });
        var attachment = records.Add(
            "Attachment",
            new JsonObject { ["Name"] = "photo.jpg", ["BodyLength"] = 5, ["ParentId"] = account.Id },
            Encoding.UTF8.GetBytes("jpeg!"));
        await scene.RunAsync();
        Assert.Equal("one", scene.Stored()[scene.Identifier(document)]);
        Assert.Equal("/Annual_report.pdf", (string?)scene.Document(document)["metadata"]!["path"]);
        Assert.Equal("Annual report", (string?)scene.Document(document)["metadata"]!["title"]);
        Assert.Equal("jpeg!", scene.Stored()[scene.Identifier(attachment.Id)]);
        Assert.Equal([scene.Identifier(account.Id)], Related(scene, attachment.Id));

        time.Advance(TimeSpan.FromMinutes(1));
        records.AddFile("Annual_report", "pdf", Encoding.UTF8.GetBytes("two"), document);
        await scene.RunAsync();
        Assert.Equal("two", scene.Stored()[scene.Identifier(document)]);
        Assert.Equal(3, scene.Platform.Documents.Count);

        records.Delete(document);
        records.Vanish(records.Of("ContentVersion")[^1].Id);
        time.Advance(TimeSpan.FromMinutes(2));
        await scene.RunAsync();
        Assert.DoesNotContain(scene.Identifier(document), scene.Stored().Keys);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_over_the_limit_sends_its_metadata_and_an_error_entry_or_nothing(bool skip)
    {
        await using var scene = await SalesforceScene.StartAsync(
            options => options.SkipLargeFiles = skip, options => options.Objects.Add("File"));
        scene.Source.Records.AddFile("film", "mp4", [1], size: 51 * 1024 * 1024);
        await scene.RunAsync();
        Assert.Equal(skip ? 0 : 1, scene.Platform.Documents.Count);
        Assert.DoesNotContain(scene.Source.Calls, call => call.Path.EndsWith("/VersionData", StringComparison.Ordinal));
        Assert.Equal(skip ? [] : ["TooLarge"], (await scene.Host.ErrorsAsync(scene.Token)).Select(error => error.Code));
    }

    [Fact]
    public async Task An_object_that_may_no_longer_be_read_loses_nothing_and_is_reported()
    {
        await using var scene = await StartAsync(null, "Contact", "Case");
        scene.AddContact("Ann");
        scene.Source.Records.Add("Case", new JsonObject { ["Subject"] = "Anvil too light" });
        await scene.RunAsync();
        scene.Source.Records.Hidden.Add("Case");
        await scene.RunAsync(("full", "1"));
        Assert.Equal(2, scene.Platform.Documents.Count);
        Assert.Equal("ObjectUnavailable", Assert.Single(await scene.Host.ErrorsAsync(scene.Token)).Code);
        scene.Source.Records.Hidden.Clear();
        await scene.RunAsync(("full", "1"));
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public void An_object_that_does_not_exist_stops_the_start_with_the_names_that_do()
    {
        var services = new ServiceCollection();
        services.AddSalesforceProvider(options => options.Objects.Add("Invoice"));
        using var provider = services.BuildServiceProvider();
        var fault = Assert.Throws<OptionsValidationException>(
            () => provider.GetRequiredService<IOptions<SalesforceProviderOptions>>().Value);
        Assert.Contains("Opportunity", fault.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Related(SalesforceScene scene, string id) =>
        scene.Document(id)["related"]!.AsArray().Select(node => (string?)node);
}
