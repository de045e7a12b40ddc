using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using AnyFetch.Emulators.Salesforce;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Salesforce;

/// <summary>What becomes of the contacts of an organisation (providers specification, section 6), and who is asked for them.</summary>
public sealed class SalesforceTests
{
    [Fact]
    public async Task Check_14_A_contact_with_all_its_fields_is_mapped_as_the_specification_says()
    {
        await using var scene = await SalesforceScene.StartAsync();
        var account = scene.Source.Records.Add("Account", new JsonObject { ["Name"] = "Acme" });
        var contact = scene.Source.Records.Add("Contact", new JsonObject
        {
            ["LastName"] = "Lee", ["FirstName"] = "Ann", ["Name"] = "Ann Lee", ["Birthdate"] = "1980-02-29",
            ["Title"] = "Buyer", ["Email"] = "ann@acme.test", ["Phone"] = "1", ["Fax"] = "2", ["MobilePhone"] = "3",
            ["HomePhone"] = "4", ["OtherPhone"] = "5", ["AssistantPhone"] = "6", ["MailingStreet"] = "1 Main St\nFloor 2",
            ["MailingCity"] = "Lyon", ["MailingPostalCode"] = "69001", ["MailingCountry"] = "France", ["AccountId"] = account.Id,
        });
        await scene.RunAsync();
        var document = scene.Document(contact.Id);
        Assert.Equal("contact", (string?)document["document_type"]);
        var expected = new JsonObject
        {
            ["family_name"] = "Lee", ["given_name"] = "Ann", ["name"] = "Ann Lee", ["birthday"] = "1980-02-29",
            ["jobTitle"] = "Buyer", ["worksFor"] = "Acme",
            ["email"] = new JsonArray(new JsonObject { ["email"] = "ann@acme.test" }),
            ["phone"] = new JsonArray(
                new JsonObject { ["phone"] = "1" },
                new JsonObject { ["phone"] = "2", ["type"] = "fax" },
                new JsonObject { ["phone"] = "3", ["type"] = "mobile" },
                new JsonObject { ["phone"] = "4", ["type"] = "home" },
                new JsonObject { ["phone"] = "5", ["type"] = "other" },
                new JsonObject { ["phone"] = "6", ["type"] = "assistant" }),
            ["address"] = new JsonArray(new JsonObject { ["address"] = "1 Main St, Floor 2, 69001 Lyon, France" }),
        };
        Assert.Equal(expected.ToJsonString(), document["metadata"]!.ToJsonString());
        Assert.Equal(contact.Id, (string?)document["data"]!["id"]);
        Assert.Equal(scene.Identifier(contact.Id), (string?)document["actions"]!["show"]);
        Assert.Equal(scene.Token, (string?)Assert.Single(document["user_access"]!.AsArray()));
        Assert.NotNull(document["creation_date"]);
        Assert.Equal(SalesforceEmulator.Username, (await scene.Host.AccountAsync(scene.Token)).Name);
    }

    [Theory]
    [InlineData(500, 2000)]
    [InlineData(2000, 700)]
    public async Task Acceptance_1_All_2501_contacts_are_sent_although_many_changed_in_the_same_second(int page, int batch)
    {
        await using var scene = await SalesforceScene.StartAsync(
            options => options.DocumentsPerUpdate = 5000, options => options.PageItemsMax = page);
        scene.Source.BatchRecordsMax = batch;
        for (var i = 0; i < 2501; i++)
        {
            scene.AddContact("C" + i.ToString(CultureInfo.InvariantCulture));
        }

        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task Acceptance_2_A_contact_that_is_edited_while_it_is_listed_is_not_missed()
    {
        var time = new ManualTimeProvider();
        await using var scene = await SalesforceScene.StartAsync(
            options => options.IntervalMinutes = 0, options => options.PageItemsMax = 2, time);
        var first = scene.AddContact("First");
        for (var i = 0; i < 4; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            scene.AddContact($"C{i}");
        }

        var late = default(SalesforceRow);
        var pages = 0;
        scene.Source.Intercept = call =>
        {
            if (call.Query.Contains("ORDER", StringComparison.Ordinal) && Interlocked.Increment(ref pages) == 2)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                scene.Source.Records.Change(first.Id, new JsonObject { ["Name"] = "Edited" });
                late = scene.AddContact("Late");
            }

            return null;
        };
        await scene.RunAsync();
        Assert.NotNull(late);
        Assert.Equal(scene.Expected(), scene.Stored());

        // One that was stored late, with a time before the last one that was seen.
        time.Advance(TimeSpan.FromMinutes(-1));
        scene.Source.Records.Change(late.Id, new JsonObject { ["Name"] = "Slow" });
        time.Advance(TimeSpan.FromMinutes(5));
        scene.Source.Calls.Clear();
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal([scene.Identifier(late.Id)], scene.Platform.SentIdentifiers());
    }

    [Fact]
    public async Task Acceptance_3_A_deleted_contact_is_removed_and_one_out_of_the_bin_returns()
    {
        var time = new ManualTimeProvider();
        await using var scene = await SalesforceScene.StartAsync(options => options.IntervalMinutes = 0, time: time);
        var contact = scene.AddContact("Ann");
        scene.AddContact("Bo");
        await scene.RunAsync();
        scene.Source.Records.Delete(contact.Id);
        time.Advance(TimeSpan.FromMinutes(2));
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(1, scene.Platform.Calls.Count(call => call.Method == "DELETE"));
        scene.Source.Records.Undelete(contact.Id);
        time.Advance(TimeSpan.FromMinutes(2));
        await scene.RunAsync();
        Assert.Equal(2, scene.Stored().Count);
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task Acceptance_4_A_contact_without_an_address_has_empty_lists_and_what_was_emptied_is_erased()
    {
        await using var scene = await SalesforceScene.StartAsync();
        var contact = scene.Source.Records.Add("Contact", new JsonObject { ["Name"] = "Ann", ["Title"] = "Buyer", ["Email"] = null });
        await scene.RunAsync();
        var metadata = scene.Document(contact.Id)["metadata"]!;
        Assert.All(["email", "phone", "address"], list => Assert.Empty(metadata[list]!.AsArray()));
        scene.Source.Records.Change(contact.Id, new JsonObject { ["Title"] = null, ["Name"] = "Ann Lee" });
        await scene.RunAsync(("full", "1"));
        Assert.Null(scene.Document(contact.Id)["metadata"]!["jobTitle"]);
    }

    [Theory]
    [InlineData("https://test.salesforce.com", "test.salesforce.com")]
    [InlineData("acme.my.salesforce.com/", "acme.my.salesforce.com")]
    [InlineData("acme--dev.sandbox.my.salesforce.com", "acme--dev.sandbox.my.salesforce.com")]
    [InlineData("", "login.salesforce.com")]
    [InlineData("evil.test", null)]
    [InlineData("salesforce.com.evil.test", null)]
    [InlineData("evilsalesforce.com", null)]
    [InlineData("http://test.salesforce.com", null)]
    [InlineData("user@test.salesforce.com", null)]
    [InlineData("test.salesforce.com:8443", null)]
    [InlineData("evil.test/.salesforce.com", null)]
    public async Task Acceptance_6_The_host_that_a_person_names_is_asked_and_no_other_host_than_Salesforces(
        string entered, string? host)
    {
        await using var scene = await SalesforceScene.StartAsync(
            source: options => options.LoginUrl = null, connect: false);
        using var start = await scene.Host.GetAsync("init/connect?code=c1");
        Assert.EndsWith("/init/options", start.Headers.Location!.AbsolutePath, StringComparison.Ordinal);
        using var page = await scene.Host.Http.GetAsync(start.Headers.Location);
        Assert.Contains("Where do you sign in?", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var state = HttpUtility.ParseQueryString(start.Headers.Location.Query)["state"]!;
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"init/consent?state={state}&host={Uri.EscapeDataString(entered)}");
        request.Headers.Add("Cookie", start.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var reply = await scene.Host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        if (host is null)
        {
            Assert.Contains("state=danger", reply.Headers.Location!.Query, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal($"https://{host}/services/oauth2/authorize", reply.Headers.Location!.GetLeftPart(UriPartial.Path));
            Assert.Contains("code_challenge=", reply.Headers.Location.Query, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_organisation_at_a_foreign_host_gets_no_token()
    {
        await using var scene = await SalesforceScene.StartAsync(connect: false);
        scene.Source.InstanceUrl = "https://salesforce.com.evil.test";
        Assert.Contains("state=danger", (await scene.ConnectAsync()).Query, StringComparison.Ordinal);
        Assert.Empty(scene.Platform.Of("POST /oauth/access_token"));
    }

    [Fact]
    public async Task Acceptance_7_A_field_that_the_account_may_not_see_is_left_out()
    {
        await using var scene = await SalesforceScene.StartAsync();
        var account = scene.Source.Records.Add("Account", new JsonObject { ["Name"] = "Acme" });
        var contact = scene.Source.Records.Add("Contact", new JsonObject
        {
            ["Name"] = "Ann", ["Birthdate"] = "1980-01-01", ["AccountId"] = account.Id,
        });
        scene.Source.Records.Hidden.Add("Contact.Birthdate");
        scene.Source.Records.Hidden.Add("Account");
        await scene.RunAsync();
        var metadata = scene.Document(contact.Id)["metadata"]!;
        Assert.Equal("Ann", (string?)metadata["name"]);
        Assert.Null(metadata["birthday"]);
        Assert.Null(metadata["worksFor"]);
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task Ten_thousand_contacts_arrive_and_one_change_is_one_document()
    {
        await using var scene = await SalesforceScene.StartAsync(options => options.DocumentsPerUpdate = 20_000);
        scene.Platform.HasDoor = true;
        for (var i = 0; i < 10_100; i++)
        {
            scene.AddContact("C" + i.ToString(CultureInfo.InvariantCulture));
        }

        await scene.RunAsync();
        Assert.Equal(10_100, scene.Platform.Documents.Count);
        Assert.InRange(scene.Platform.Pages.Sum(page => page.Count), 10_000, 10_200);
        var changed = scene.Source.Records.Of("Contact")[17].Id;
        scene.Source.Records.Change(changed, new JsonObject { ["Name"] = "Changed" });
        await scene.RunAsync();
        Assert.Equal([scene.Identifier(changed)], scene.Platform.SentIdentifiers());
    }

    [Fact]
    public async Task One_document_is_sent_again_by_its_identifier()
    {
        await using var scene = await SalesforceScene.StartAsync();
        scene.AddContact("Ann");
        var contact = scene.AddContact("Bo");
        await scene.RunAsync();
        scene.Platform.Calls.Clear();
        using var reply = await scene.Host.PostAsync(
            "update/" + Uri.EscapeDataString(scene.Identifier(contact.Id)), ("access_token", scene.Token));
        await Eventually.TrueAsync(() => scene.Platform.SentIdentifiers().Count > 0);
        Assert.Equal([scene.Identifier(contact.Id)], scene.Platform.SentIdentifiers());
    }
}
