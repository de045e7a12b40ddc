using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Google;

namespace AnyFetch.Providers.Tests.Gmail;

/// <summary>What becomes of the threads of a mailbox (providers specification, section 3).</summary>
public sealed class GmailTests
{
    [Fact]
    public async Task Provider_check_13_Acceptance_1_A_thread_and_its_attachment_name_each_other()
    {
        await using var scene = await GmailScene.StartAsync();
        var first = scene.Box.Deliver(new MailEntry("Ben <ben@y.test>", "The plan", "Here it is: <attached>")
        {
            Html = "<p>Here it is</p>",
            Files = [GmailScene.File("Plan_2026.pdf", "the plan")],
            Labels = ["INBOX", "UNREAD"],
        });
        var second = scene.Box.Deliver(new MailEntry("ann@gmail.test", "Re: The plan", "Thanks")
        {
            Thread = first.Thread, To = "Ben <ben@y.test>", Labels = ["SENT"],
        });
        await scene.RunAsync();
        Assert.Equal(2, scene.Platform.Documents.Count);
        var thread = scene.Thread(first.Thread);
        var file = scene.Platform.Documents[(scene.Token, $"{GmailScene.Root}{first.Thread}-Plan_2026.pdf")];
        Assert.Equal("email-thread", (string?)thread["document_type"]);
        Assert.Equal("file", (string?)file["document_type"]);
        Assert.Equal((string?)file["identifier"], (string?)Assert.Single(thread["related"]!.AsArray()));
        Assert.Equal((string?)thread["identifier"], (string?)Assert.Single(file["related"]!.AsArray()));
        Assert.Equal(1, (int)thread["metadata"]!["attachmentsCount"]!);

        Assert.Equal(GmailScene.Root + first.Thread, (string?)thread["actions"]!["show"]);
        Assert.Equal("The plan", (string?)thread["metadata"]!["subject"]);
        Assert.Equal(["INBOX", "UNREAD", "SENT"], thread["metadata"]!["labels"]!.AsArray().Select(label => (string?)label));
        Assert.Equal(
            """[{"address":"ben@y.test","name":"Ben"},{"address":"ann@gmail.test"}]""",
            thread["metadata"]!["participants"]!.ToJsonString());
        Assert.Equal(Iso(first.Date), (string?)thread["metadata"]!["date"]);
        var messages = thread["metadata"]!["messages"]!.AsArray();
        Assert.Equal(["Here it is: &lt;attached&gt;", "Thanks"], messages.Select(message => (string?)message!["text"]));
        Assert.Equal(["The plan", "Re: The plan"], messages.Select(message => (string?)message!["subject"]));
        Assert.Equal("ben@y.test", (string?)messages[0]!["from"]![0]!["address"]);
        Assert.Equal(
            $$"""{"id":"{{first.Thread}}","messages":[{"id":"{{first.Id}}","html":"\u003Cp\u003EHere it is\u003C/p\u003E"},{"id":"{{second.Id}}"}]}""",
            thread["data"]!.ToJsonString());
        Assert.Equal(scene.Token, (string?)Assert.Single(thread["user_access"]!.AsArray()));

        Assert.Equal("/Plan_2026.pdf", (string?)file["metadata"]!["path"]);
        Assert.Equal("Plan 2026", (string?)file["metadata"]!["title"]);
        Assert.Equal(
            $"https://mail.google.com/mail/b/{GoogleEmulator.Email}/#search/Plan_2026.pdf/{first.Id}",
            (string?)file["actions"]!["show"]);
        Assert.Equal(scene.Expected()[first.Thread + "-Plan_2026.pdf"], scene.Stored()[first.Thread + "-Plan_2026.pdf"]);
    }

    [Fact]
    public async Task Acceptance_2_A_reply_changes_the_thread_and_sends_no_attachment_again()
    {
        await using var scene = await GmailScene.StartAsync();
        var first = scene.Box.Deliver(GmailScene.Letter("plan", GmailScene.File("a.txt", "a")));
        await scene.RunAsync();
        scene.Box.Deliver(GmailScene.Letter("Re: plan") with { Thread = first.Thread });
        await scene.RunAsync();
        Assert.Equal([GmailScene.Root + first.Thread], scene.Platform.SentIdentifiers());
        Assert.DoesNotContain(scene.Source.Calls, GmailScene.IsContent);
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task Acceptance_3_Pictures_without_content_and_parts_without_a_name_are_left_out()
    {
        await using var scene = await GmailScene.StartAsync();
        var mail = scene.Box.Deliver(GmailScene.Letter("plan", GmailScene.File("pixel.gif", ""), GmailScene.File("", "nameless")));
        await scene.RunAsync();
        Assert.Equal([mail.Thread], scene.Stored().Keys);
        Assert.Equal(0, (int)scene.Thread(mail.Thread)["metadata"]!["attachmentsCount"]!);
    }

    [Fact]
    public async Task Acceptance_4_A_mail_of_html_alone_has_html_and_no_text()
    {
        await using var scene = await GmailScene.StartAsync();
        var mail = scene.Box.Deliver(new MailEntry("ben@y.test", "") { Html = "<b>hé</b>" });
        await scene.RunAsync();
        var thread = scene.Thread(mail.Thread);
        Assert.Equal("<b>hé</b>", (string?)thread["data"]!["messages"]![0]!["html"]);
        Assert.False(thread["metadata"]!["messages"]![0]!.AsObject().ContainsKey("text"));
        Assert.Equal("No Subject", (string?)thread["metadata"]!["subject"]);
    }

    [Fact]
    public async Task Acceptance_6_A_thread_in_the_bin_is_deleted_and_comes_back_with_its_attachments()
    {
        await using var scene = await GmailScene.StartAsync();
        var mail = scene.Box.Deliver(GmailScene.Letter("plan", GmailScene.File("a.txt", "a")));
        scene.Box.Deliver(GmailScene.Letter("other"));
        await scene.RunAsync();
        scene.Box.Label(mail.Thread, "TRASH");
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Single(scene.Stored());
        scene.Box.Label(mail.Thread, "INBOX");
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(3, scene.Stored().Count);
    }

    [Fact]
    public async Task Acceptance_8_A_mail_that_arrives_during_the_first_run_is_not_lost()
    {
        await using var scene = await GmailScene.StartAsync(source: options => options.PageItemsMax = 2);
        for (var i = 0; i < 5; i++)
        {
            scene.Box.Deliver(GmailScene.Letter("mail " + i));
        }

        var pages = 0;
        scene.Source.Intercept = call =>
        {
            if (call.Path.EndsWith("/threads", StringComparison.Ordinal) && ++pages == 2)
            {
                scene.Box.Deliver(GmailScene.Letter("during", GmailScene.File("b.txt", "b")));
                scene.Box.Deliver(GmailScene.Letter("Re: mail 4") with { Thread = scene.Box.Threads()[1] });
            }

            return null;
        };
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task A_message_that_is_deleted_takes_its_attachment_along()
    {
        await using var scene = await GmailScene.StartAsync();
        var first = scene.Box.Deliver(GmailScene.Letter("plan", GmailScene.File("a.txt", "a")));
        var reply = scene.Box.Deliver(
            GmailScene.Letter("Re: plan", GmailScene.File("b.txt", "b")) with { Thread = first.Thread });
        await scene.RunAsync();
        scene.Box.Delete(reply.Id);
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal(2, scene.Stored().Count);
        scene.Box.Delete(first.Id);
        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
    }

    [Fact]
    public async Task The_same_file_again_is_one_document_and_another_of_its_name_gets_a_number()
    {
        await using var scene = await GmailScene.StartAsync();
        var first = scene.Box.Deliver(GmailScene.Letter("plan", GmailScene.File("a.txt", "one")));
        foreach (var content in new[] { "one", "two", "three" })
        {
            scene.Box.Deliver(GmailScene.Letter("Re: plan", GmailScene.File("a.txt", content)) with { Thread = first.Thread });
        }

        await scene.RunAsync();
        var files = scene.Stored().Where(entry => entry.Key != first.Thread).ToDictionary();
        Assert.Equal(
            new Dictionary<string, string>
            {
                [first.Thread + "-a.txt"] = "one", [first.Thread + "-a.txt-2"] = "two", [first.Thread + "-a.txt-3"] = "three",
            },
            files);
        Assert.Equal(3, (int)scene.Thread(first.Thread)["metadata"]!["attachmentsCount"]!);
    }

    [Fact]
    public async Task Drafts_chats_spam_and_the_bin_are_left_out()
    {
        await using var scene = await GmailScene.StartAsync();
        var mail = scene.Box.Deliver(GmailScene.Letter("plan"));
        foreach (var label in new[] { "DRAFT", "CHAT", "SPAM", "TRASH" })
        {
            scene.Box.Deliver(GmailScene.Letter(label) with { Labels = [label] });
            scene.Box.Deliver(GmailScene.Letter("Re: plan", GmailScene.File(label, label)) with { Labels = [label], Thread = mail.Thread });
        }

        await scene.RunAsync();
        Assert.Equal(new Dictionary<string, string> { [mail.Thread] = "About plan" }, scene.Stored());
    }

    [Fact]
    public async Task Provider_check_13_An_address_that_comes_again_without_its_name_keeps_it()
    {
        await using var scene = await GmailScene.StartAsync();
        var mail = scene.Box.Deliver(new MailEntry("\"ann@x.test\" <ann@x.test>", "plan", "text")
        {
            To = "Ann Lee <ann@x.test>, bo@y.test, ann@x.test", Cc = "=?utf-8?q?J=C3=B6rg?= <jorg@museum.example.photography>",
        });
        await scene.RunAsync();
        Assert.Equal(
            [("ann@x.test", "Ann Lee"), ("bo@y.test", null), ("jorg@museum.example.photography", "Jörg")],
            scene.Thread(mail.Thread)["metadata"]!["participants"]!.AsArray()
                .Select(person => ((string?)person!["address"], (string?)person["name"])));
    }

    [Fact]
    public async Task A_full_run_asks_for_no_thread_that_was_sent_with_its_attachments()
    {
        await using var scene = await GmailScene.StartAsync();
        var mail = scene.Box.Deliver(GmailScene.Letter("plan", GmailScene.File("a.txt", "a")));
        scene.Box.Deliver(GmailScene.Letter("other"));
        await scene.RunAsync();
        scene.Box.Forget();
        scene.Box.Label(mail.Thread, "INBOX", "STARRED");
        await scene.RunAsync();
        Assert.Equal([GmailScene.Root + mail.Thread], scene.Platform.SentIdentifiers());
        Assert.Single(scene.Source.Calls, call => call.Path.Contains("/threads/", StringComparison.Ordinal));
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task A_body_in_another_charset_apart_or_in_several_parts_is_read()
    {
        await using var scene = await GmailScene.StartAsync();
        var apart = scene.Box.Deliver(new MailEntry("ben@y.test", "apart", "A body apart") { IsTextApart = true });
        var mixed = scene.Box.Deliver(new MailEntry("ben@y.test", "mixed")
        {
            Payload = JsonNode.Parse("""
                {"mimeType":"multipart/mixed","headers":[],"parts":[
                {"partId":"0","mimeType":"text/plain","filename":"","headers":[{"name":"content-TYPE","value":"text/plain; charset=iso-8859-1"}],"body":{"size":3,"data":"6XTp"}},
                {"partId":"1","mimeType":"multipart/related","headers":[],"parts":[{"partId":"1.1","mimeType":"text/plain","filename":"","headers":[],"body":{"size":3,"data":"dHdv"}}]},
                {"partId":"2","mimeType":"text/plain","filename":"","headers":[{"name":"Content-Disposition","value":"attachment"}],"body":{"size":5,"data":"dGhyZWU"}}]}
                """)!.AsObject(),
        });
        await scene.RunAsync();
        Assert.Equal("A body apart", scene.Stored()[apart.Thread]);
        Assert.Equal("été\ntwo", scene.Stored()[mixed.Thread]);
        Assert.Equal("three", scene.Stored()[mixed.Thread + "-noname"]);
    }

    [Fact]
    public async Task A_long_thread_keeps_its_newest_bodies_and_does_not_travel_through_the_queue()
    {
        await using var scene = await GmailScene.StartAsync(source: options => options.ThreadCharactersMax = 500_000);
        var first = scene.Box.Deliver(GmailScene.Letter("plan") with { Text = new string('a', 300_000) });
        scene.Box.Deliver(GmailScene.Letter("Re: plan") with { Text = new string('b', 300_000), Thread = first.Thread });
        await scene.RunAsync();
        Assert.Equal("|" + new string('b', 300_000), scene.Stored()[first.Thread]);
        Assert.Equal(2, scene.Source.Calls.Count(call => call.Path.EndsWith("/threads/" + first.Thread, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_large_attachment_is_streamed_as_it_is()
    {
        await using var scene = await GmailScene.StartAsync();
        var content = RandomNumberGenerator.GetBytes(1_000_003);
        var mail = scene.Box.Deliver(GmailScene.Letter("plan", new MailFile("a.bin", content)));
        await scene.RunAsync();
        Assert.Equal(content, scene.Platform.Files[(scene.Token, $"{GmailScene.Root}{mail.Thread}-a.bin")]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_attachment_over_the_limit_sends_its_metadata_and_an_error_entry(bool skip)
    {
        await using var scene = await GmailScene.StartAsync(options => options.SkipLargeFiles = skip);
        scene.Box.Deliver(GmailScene.Letter("plan", new MailFile("film.mp4", [1]) { Size = 60 * 1024 * 1024 }));
        await scene.RunAsync();
        Assert.Equal(skip ? 1 : 2, scene.Platform.Documents.Count);
        Assert.DoesNotContain(scene.Source.Calls, GmailScene.IsContent);
        Assert.Equal(skip ? [] : ["TooLarge"], (await scene.Host.ErrorsAsync(scene.Token)).Select(error => error.Code));
    }

    [Fact]
    public async Task Ten_thousand_threads_come_in_pages_and_all_arrive()
    {
        await using var scene = await GmailScene.StartAsync(
            options => options.DocumentsPerUpdate = 20_000, options => options.PageItemsMax = 500);
        for (var i = 0; i < 10_100; i++)
        {
            scene.Box.Deliver(new MailEntry("ben@y.test", "mail", "text"));
        }

        await scene.RunAsync();
        Assert.Equal(21, scene.Source.Of("gmail/v1/users/me/threads").Count);
        Assert.Equal(10_100, scene.Platform.Documents.Count);
    }

    [Fact]
    public async Task Many_changes_come_in_pages_and_a_stopped_run_goes_on_between_them()
    {
        await using var scene = await GmailScene.StartAsync(source: options => options.PageItemsMax = 2);
        scene.Box.Deliver(GmailScene.Letter("first"));
        await scene.RunAsync();
        for (var i = 0; i < 7; i++)
        {
            scene.Box.Deliver(GmailScene.Letter("mail " + i));
        }

        scene.Source.Intercept = call => call.Path.EndsWith("/history", StringComparison.Ordinal)
            && scene.Source.Of(call.Path).Count > 2 ? new Fault(503) : null;
        await scene.RunAsync();
        Assert.Equal(5, scene.Platform.Documents.Count);
        scene.Source.Intercept = _ => null;
        await scene.RunAsync();
        Assert.Equal(2, scene.Source.Of("gmail/v1/users/me/history").Count);
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a.txt")]
    public async Task One_document_is_sent_again_by_its_identifier(string file)
    {
        await using var scene = await GmailScene.StartAsync();
        var mail = scene.Box.Deliver(GmailScene.Letter("plan", GmailScene.File("a.txt", "a")));
        await scene.RunAsync();
        scene.Platform.Calls.Clear();
        var identifier = GmailScene.Root + mail.Thread + file;
        using var reply = await scene.Host.PostAsync(
            "update/" + Uri.EscapeDataString(identifier), ("access_token", scene.Token));
        await Eventually.TrueAsync(() => scene.Platform.SentIdentifiers().Count > 0);
        Assert.Equal([identifier], scene.Platform.SentIdentifiers());
    }

    [Fact]
    public async Task The_thread_is_sent_before_its_attachments()
    {
        await using var scene = await GmailScene.StartAsync(options => options.DocumentsPerUpdate = 1);
        var mail = scene.Box.Deliver(GmailScene.Letter("plan", GmailScene.File("a.txt", "a")));
        await scene.RunAsync();
        Assert.Equal([mail.Thread], scene.Stored().Keys);
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    private static string Iso(DateTimeOffset date) =>
        date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
