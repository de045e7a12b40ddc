using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Salesforce;
using AnyFetch.Providers.Salesforce;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Salesforce;

/// <summary>Objects with so many records that a query job lists them (Bulk API 2.0).</summary>
public sealed class SalesforceBulkTests
{
    private static Task<SalesforceScene> StartAsync(
        Action<SalesforceProviderOptions>? configure = null, TimeProvider? time = null) => SalesforceScene.StartAsync(
        options => (options.IntervalMinutes, options.DocumentsPerUpdate) = (0, 20_000),
        options =>
        {
            (options.PagedItemsMax, options.BulkPageItemsMax, options.BulkPollMilliseconds) = (2, 3, 1);
            configure?.Invoke(options);
        },
        time);

    private static void Fill(SalesforceScene scene)
    {
        var records = scene.Source.Records;
        var account = records.Add("Account", new JsonObject { ["Name"] = "Acme, \"the\" maker" });
        for (var i = 0; i < 5; i++)
        {
            var name = "Ann" + i.ToString(CultureInfo.InvariantCulture);
            records.Add("Contact", new JsonObject
            {
                ["Name"] = name, ["Email"] = i == 3 ? null : name + "@acme.test", ["Birthdate"] = "1980-02-29",
                ["MailingStreet"] = "1 Main St\r\nFloor \"2\", left", ["MailingCity"] = "Liège", ["AccountId"] = account.Id,
            });
            records.Add("Opportunity", new JsonObject
            {
                ["Name"] = "Sale" + name, ["Amount"] = 1250.50m + i, ["Probability"] = 10 * i, ["CloseDate"] = "2026-01-31",
                ["Description"] = i == 0 ? null : "Line one,\r\nline \"two\".", ["AccountId"] = account.Id,
            });
            records.Add("Lead", new JsonObject { ["Name"] = "Lead" + name, ["Company"] = "Bolt", ["IsConverted"] = i == 2 });
        }

        records.AddFile("Report", "pdf", [1, 2, 3]);
        records.AddFile("Plan", "txt", [4]);
        records.AddFile("Map", "txt", [5]);
    }

    private static void ReadAll(SalesforceProviderOptions options)
    {
        foreach (var name in new[] { "Account", "Contact", "Opportunity", "Lead", "File" })
        {
            options.Objects.Add(name);
        }
    }

    [Fact]
    public async Task A_query_job_sends_the_same_documents_as_pages_do_and_pages_then_find_nothing_new()
    {
        await using var scene = await StartAsync(ReadAll);
        Fill(scene);
        await scene.RunAsync();
        Assert.Equal(4, scene.Source.Jobs.Made);
        Assert.Equal(0, scene.Source.Jobs.Count);
        var byJob = Told(scene);
        Assert.Equal(18, byJob.Count);

        await scene.RunAsync();
        Assert.Empty(scene.Platform.SentIdentifiers());
        await scene.RunAsync(("full", "1"));
        Assert.Equal(8, scene.Source.Jobs.Made);
        Assert.Empty(scene.Platform.SentIdentifiers());

        // The same account, listed by pages: what differed would be sent again.
        scene.Source.Jobs.IsForbidden = true;
        scene.Source.Calls.Clear();
        await scene.RunAsync(("full", "1"));
        Assert.Contains(scene.Source.Calls, call => call.Query.Contains("ORDER", StringComparison.Ordinal));
        Assert.Empty(scene.Platform.SentIdentifiers());
        Assert.Equal(byJob, Told(scene));
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task Documents_by_pages_are_those_by_a_job()
    {
        await using var scene = await StartAsync(options =>
        {
            ReadAll(options);
            options.PagedItemsMax = 50_000;
        });
        Fill(scene);
        await scene.RunAsync();
        Assert.Equal(0, scene.Source.Jobs.Made);
        var byPages = Told(scene);
        await using var other = await StartAsync(ReadAll);
        Fill(other);
        await other.RunAsync();
        Assert.Equal(4, other.Source.Jobs.Made);
        Assert.Equal(byPages, Told(other));
    }

    [Theory]
    [InlineData(true, "JobComplete")]
    [InlineData(false, "Failed")]
    [InlineData(false, "Aborted")]
    public async Task Where_no_job_is_to_be_had_pages_list_the_object(bool isForbidden, string endState)
    {
        await using var scene = await StartAsync();
        (scene.Source.Jobs.IsForbidden, scene.Source.Jobs.EndState) = (isForbidden, endState);
        for (var i = 0; i < 7; i++)
        {
            scene.AddContact($"C{i}");
        }

        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        Assert.Equal(0, scene.Source.Jobs.Count);
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task A_job_that_is_never_done_is_given_up_and_aborted()
    {
        await using var scene = await StartAsync(options => options.BulkWaitMinutesMax = 0);
        scene.Source.Jobs.PollsUntilDone = int.MaxValue;
        for (var i = 0; i < 4; i++)
        {
            scene.AddContact($"C{i}");
        }

        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Contains(scene.Source.Calls, call => call.Method == "PATCH");
        Assert.Equal(0, scene.Source.Jobs.Count);
    }

    [Fact]
    public async Task A_job_that_Salesforce_forgets_in_the_middle_loses_and_deletes_nothing()
    {
        await using var scene = await StartAsync();
        for (var i = 0; i < 9; i++)
        {
            scene.AddContact($"C{i}");
        }

        scene.Source.Intercept = call =>
        {
            if (call.Query.Contains("locator=", StringComparison.Ordinal))
            {
                scene.Source.Jobs.Clear();
            }

            return null;
        };
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(9, scene.Platform.SentIdentifiers().Distinct().Count());
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Method == "DELETE");
    }

    [Fact]
    public async Task What_is_stopped_in_the_middle_goes_on_at_the_locator_of_the_same_job()
    {
        await using var scene = await StartAsync();
        for (var i = 0; i < 9; i++)
        {
            scene.AddContact($"C{i}");
        }

        var parts = 0;
        scene.Source.Intercept = call => call.Query.Contains("locator=", StringComparison.Ordinal)
            && Interlocked.Increment(ref parts) > 1 ? new Fault(503) : null;
        await scene.RunAsync();
        Assert.Equal("failed", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        Assert.Equal(6, scene.Stored().Count);
        await scene.RestartAsync();
        scene.Source.Intercept = _ => null;
        scene.Source.Calls.Clear();
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(1, scene.Source.Jobs.Made);
        Assert.Single(scene.Source.Calls, call => call.Path.EndsWith("/results", StringComparison.Ordinal));
        Assert.Equal(3, scene.Platform.SentIdentifiers().Count);
    }

    [Fact]
    public async Task A_contact_that_is_edited_or_made_while_the_job_runs_is_not_missed()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time: time);
        scene.Source.Jobs.PollsUntilDone = 0;
        var first = scene.AddContact("First");
        for (var i = 0; i < 4; i++)
        {
            scene.AddContact($"C{i}");
        }

        var isMade = false;
        scene.Source.Intercept = call =>
        {
            if (!isMade && scene.Source.Jobs.Made == 1)
            {
                isMade = true;
                time.Advance(TimeSpan.FromSeconds(1));
                scene.Source.Records.Change(first.Id, new JsonObject { ["Name"] = "Edited" });
                scene.AddContact("Late");
            }

            return null;
        };
        await scene.RunAsync();
        Assert.True(isMade);
        Assert.Equal(6, scene.Stored().Count);
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task A_name_that_may_not_be_seen_is_left_out_of_the_job()
    {
        await using var scene = await StartAsync();
        Fill(scene);
        scene.Source.Records.Hidden.Add("Account");
        await scene.RunAsync();
        Assert.Equal(1, scene.Source.Jobs.Made);
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.All(scene.Platform.Documents.Values, document => Assert.Null(document["metadata"]!["worksFor"]));
        await scene.RunAsync();
        Assert.Empty(scene.Platform.SentIdentifiers());
    }

    [Theory]
    [InlineData(200, "\"Id\",\"Name\"\n\"003", null)]
    [InlineData(200, "", "0")]
    [InlineData(429, "", null)]
    [InlineData(403, """[{"message":"Limit","errorCode":"REQUEST_LIMIT_EXCEEDED"}]""", null)]
    public async Task Results_that_are_not_whole_or_refused_in_passing_are_asked_for_again(
        int status, string body, string? retryAfter)
    {
        await using var scene = await StartAsync(options => options.LimitPauseMinutes = 0);
        for (var i = 0; i < 7; i++)
        {
            scene.AddContact($"C{i}");
        }

        var faults = 0;
        scene.Source.Intercept = call => call.Path.EndsWith("/results", StringComparison.Ordinal)
            && Interlocked.Increment(ref faults) <= 2 ? new Fault(status) { Body = body, RetryAfter = retryAfter } : null;
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(1, scene.Source.Jobs.Made);
        Assert.Equal(5, faults);
    }

    [Theory]
    [InlineData("lost row")]
    [InlineData("lost cell")]
    [InlineData("open quote")]
    public async Task Results_that_were_damaged_on_their_way_are_asked_for_again(string damage)
    {
        await using var scene = await StartAsync();
        for (var i = 0; i < 7; i++)
        {
            scene.AddContact($"C{i}");
        }

        var damaged = 0;
        scene.Source.Jobs.Damage = csv => Interlocked.Increment(ref damaged) > 2 ? csv : damage switch
        {
            "lost row" => csv[..(csv.TrimEnd('\n').LastIndexOf('\n') + 1)],
            "lost cell" => csv[..csv.LastIndexOf(',')],
            _ => csv[..^2],
        };
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(5, damaged);
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
    }

    [Fact]
    public async Task Ten_thousand_contacts_arrive_by_a_job()
    {
        await using var scene = await StartAsync(options => (options.PagedItemsMax, options.BulkPageItemsMax) = (5000, 4000));
        scene.Platform.HasDoor = true;
        for (var i = 0; i < 10_100; i++)
        {
            scene.AddContact("C" + i.ToString(CultureInfo.InvariantCulture));
        }

        await scene.RunAsync();
        Assert.Equal(10_100, scene.Platform.Documents.Count);
        Assert.Equal(3, scene.Source.Calls.Count(call => call.Path.EndsWith("/results", StringComparison.Ordinal)));
    }

    // Everything that the platform holds, whichever address the emulated organisation has.
    private static Dictionary<string, string> Told(SalesforceScene scene) => scene.Platform.Documents.ToDictionary(
        document => document.Key.Identifier.Replace(scene.Source.Url.AbsoluteUri, "/", StringComparison.Ordinal),
        document => Text(document.Value)
            .Replace(scene.Source.Url.AbsoluteUri, "/", StringComparison.Ordinal));

    private static string Text(JsonObject document)
    {
        var copy = (JsonObject)document.DeepClone();
        foreach (var name in new[] { "id", "user_access", "creation_date", "modification_date" })
        {
            copy.Remove(name);
        }

        return copy.ToJsonString();
    }
}
