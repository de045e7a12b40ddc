using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater.TestKit;
using AnyFetch.Hydraters.Eml;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Mime;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §10, in process and over HTTP.</summary>
public abstract class EmlSuite : IAsyncLifetime
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    protected abstract IHydraterRig Rig { get; }

    [Fact]
    public async Task A_plain_mail_has_exact_address_lists_subject_text_and_date()
    {
        var sent = await HydrateAsync("""
            From: Ada Lovelace <ada@x.test>
            To: "Byron, George" <george@x.test>, team@x.test
            Cc: Friends: c@x.test;
            Subject: Tea at five
            Date: Tue, 3 Mar 2026 10:20:30 +0100
            Message-ID: <m1@x.test>
            In-Reply-To: <m0@x.test>

            Dear all,

            tea is at five.

            """);
        Assert.Equal(
            """
            {"creation_date":"2026-03-03T09:20:30.000Z","document_type":"email","modification_date":"2026-03-03T09:20:30.000Z",
            "metadata":{"text":"Dear all,\n\ntea is at five.","from":[{"address":"ada@x.test","name":"Ada Lovelace"}],
            "to":[{"address":"george@x.test","name":"Byron, George"},{"address":"team@x.test","name":""}],
            "cc":[{"address":"c@x.test","name":""}],"bcc":[],"subject":"Tea at five","title":"Tea at five","messageId":"m1@x.test",
            "inReplyTo":"m0@x.test","date":"2026-03-03T09:20:30.000Z","attachmentsCount":0},
            "data":{"content_type":"message/rfc822"}}
            """.ReplaceLineEndings(""),
            sent.ToJsonString());
    }

    [Fact]
    public async Task Text_and_html_are_both_kept_apart()
    {
        var sent = await HydrateAsync("""
            Content-Type: multipart/alternative; boundary=x

            --x

            the text
            --x
            Content-Type: text/html

            <p>the <b>html</b></p><script>alert(1)</script>
            --x--
            """);
        Assert.Equal("the text", Text(sent));
        Assert.Equal("<p>the <b>html</b></p>", Html(sent));
    }

    [Fact]
    public async Task Of_html_alone_the_text_is_derived()
    {
        var sent = await HydrateAsync("Content-Type: text/html\n\n<style>p{}</style><p>Hello<b>you</b> &amp; me</p>");
        Assert.Equal("Hello you & me", Text(sent));
        Assert.Equal("<p>Hello<b>you</b> &amp; me</p>", Html(sent));
    }

    [Fact]
    public async Task A_less_than_sign_is_escaped_in_the_text() =>
        Assert.Equal("5 &lt; 7", Text(await HydrateAsync("Subject: s\n\n 5 < 7 \n")));

    [Fact]
    public async Task One_pdf_attached_is_one_child_and_both_are_related()
    {
        var core = await Rig.CoreAsync();
        var document = TaskDocument.File("/m.eml");
        document["user_access"] = new JsonArray("5252ce4ce4cfcd16f55c0009");
        var sent = await HydrateAsync(MimeSample.Bytes("""
            Subject: see the plan
            Date: Tue, 3 Mar 2026 10:20:30 +0100
            Content-Type: multipart/mixed; boundary=x

            --x

            Attached.
            --x
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="../plans/plan.pdf"
            Content-Transfer-Encoding: base64

            JVBERi0xLjQ=
            --x--
            """), document);
        var child = Assert.Single(core.Documents);
        Assert.Equal("rig/m.eml/plan.pdf", child.Identifier);
        Assert.Equal("%PDF-1.4"u8.ToArray(), child.File);
        Assert.Equal("""["rig/m.eml"]""", child.Fields["related"]!.ToJsonString());
        Assert.Equal("""["5252ce4ce4cfcd16f55c0009"]""", child.Fields["user_access"]!.ToJsonString());
        Assert.Equal("/plan.pdf", (string?)child.Metadata["path"]);
        Assert.Equal("plan.pdf", (string?)child.Metadata["title"]);
        Assert.Equal("2026-03-03T09:20:30.000Z", (string?)child.Fields["creation_date"]);
        Assert.Equal("""["rig/m.eml/plan.pdf"]""", sent["related"]!.ToJsonString());
        Assert.Equal(1, (int)sent["metadata"]!["attachmentsCount"]!);
    }

    [Fact]
    public async Task An_inline_logo_becomes_a_data_uri_and_no_child()
    {
        var core = await Rig.CoreAsync();
        var sent = await HydrateAsync($"""
            Content-Type: multipart/related; boundary=x

            --x
            Content-Type: text/html

            <p><img src="cid:logo@x.test" alt="Logo" onerror="x()"></p>
            --x
            Content-Type: image/png; name=logo.png
            Content-ID: <logo@x.test>
            Content-Transfer-Encoding: base64

            {Pixel}
            --x--
            """);
        Assert.Equal($"""<p><img src="data:image/png;base64,{Pixel}" alt="Logo"></p>""", Html(sent));
        Assert.Empty(core.Documents);
        Assert.Equal(0, (int)sent["metadata"]!["attachmentsCount"]!);
    }

    [Fact]
    public async Task A_dangling_cid_leaves_no_cid() => Assert.DoesNotContain(
        "cid:",
        (await HydrateAsync("Content-Type: text/html\n\n<img src='cid:gone'><a href='cid:gone'>x</a><p style='background:url(cid:gone)'>y</p>"))
            .ToJsonString(),
        StringComparison.Ordinal);

    [Fact]
    public async Task An_inline_part_that_is_no_picture_stays_an_attachment()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync("""
            Content-Type: multipart/related; boundary=x

            --x
            Content-Type: text/html

            <img src="cid:a">
            --x
            Content-Type: image/png; name=a.png
            Content-ID: <a>

            <script>alert(1)</script>
            --x--
            """);
        Assert.Equal("rig/m.eml/a.png", Assert.Single(core.Documents).Identifier);
    }

    [Fact]
    public async Task Two_attachments_of_one_name_have_two_identifiers_and_a_second_run_meets_them()
    {
        var core = await Rig.CoreAsync();
        const string Mail = """
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Disposition: attachment; filename=a.txt

            one
            --x
            Content-Disposition: attachment; filename=a.txt

            two
            --x--
            """;
        var first = await HydrateAsync(Mail);
        Assert.Equal(["one", "two"], Sorted(core).Select(d => Encoding.UTF8.GetString(d.File!)));
        var document = TaskDocument.File("/m.eml");
        foreach (var key in (string[])["metadata", "data"])
        {
            foreach (var (name, value) in first[key]!.AsObject())
            {
                document[key]![name] = value?.DeepClone();
            }
        }

        document["related"] = first["related"]!.DeepClone();
        var second = await HydrateAsync(MimeSample.Bytes(Mail), document);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(2, Sorted(core).Select(d => d.Identifier).Distinct().Count());
        Assert.Empty(core.Deleted);
    }

    [Fact]
    public async Task Without_sender_the_mail_is_still_a_mail()
    {
        var sent = await HydrateAsync("Subject: s\n\nx");
        Assert.Equal("email", (string?)sent["document_type"]);
        Assert.Equal("[]", sent["metadata"]!["from"]!.ToJsonString());
        Assert.Null(sent["metadata"]!["date"]);
        Assert.Null(sent["creation_date"]);
    }

    [Fact]
    public async Task An_encoded_subject_is_decoded() => Assert.Equal(
        "Café ☺", (string?)(await HydrateAsync("Subject: =?utf-8?q?Caf=C3=A9_?= =?utf-8?b?4pi6?=\n\nx"))["metadata"]!["subject"]);

    [Fact]
    public async Task Unnamed_parts_get_a_name_when_their_type_says_something()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync("""
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: text/calendar

            BEGIN:VCALENDAR
            --x
            Content-Type: application/pgp-signature

            xx
            --x--
            """);
        Assert.Equal("rig/m.eml/attachment.ics", Assert.Single(core.Documents).Identifier);
    }

    [Fact]
    public async Task A_failed_upload_fails_the_task_so_that_it_is_tried_again()
    {
        var core = await Rig.CoreAsync();
        core.RefuseWith = 503;
        var sent = await HydrateAsync("Content-Type: application/pdf; name=a.pdf\n\nx");
        Assert.True((bool)sent["hydration_errored"]!);
        Assert.DoesNotContain("HydrationError:", (string?)sent["hydration_error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Dear all,\nthis is a letter.")]
    [InlineData("\u0001\u0002\u0003\u0000\u0000")]
    public async Task A_file_that_is_no_mail_is_a_permanent_error(string content) => Assert.StartsWith(
        "HydrationError:", (string?)(await HydrateAsync(content))["hydration_error"], StringComparison.Ordinal);

    [Fact]
    public async Task Damaged_mails_end_in_success_or_one_permanent_error_and_leave_nothing_behind()
    {
        var sample = MimeSample.Bytes($"""
            From: "A" <a@x.test>
            Subject: =?utf-8?q?Caf=C3=A9?=
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: text/html; charset=utf-7

            +ADw-script+AD4-alert(1)<p onclick=x()>a < b</p><img src=cid:p>
            --x
            Content-Type: image/png; name="<script>.png"
            Content-ID: <p>
            Content-Transfer-Encoding: base64

            {Pixel}
            --x
            Content-Type: application/ms-tnef
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(TnefSample.Build("t", ("a", [1])))}
            --x--
            """);
        await Rig.CoreAsync();
        var random = new Random(11);
        for (var round = 0; round < 20; round++)
        {
            var damaged = round < 10 ? sample[..(sample.Length * round / 10)] : (byte[])sample.Clone();
            for (var i = 0; i < round && damaged.Length > 0; i++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var sent = await HydrateAsync(damaged, TaskDocument.File("/m.eml"));
            if (sent["hydration_error"] is { } error)
            {
                Assert.StartsWith("HydrationError:", (string?)error, StringComparison.Ordinal);
                continue;
            }

            Assert.DoesNotContain('<', Text(sent)!);
            Assert.DoesNotContain(Text(sent)!, c => char.IsControl(c) && c is not ('\n' or '\t'));
            Assert.DoesNotContain("<script", Html(sent) ?? "", StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("onclick", Html(sent) ?? "", StringComparison.OrdinalIgnoreCase);
        }

        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
    }

    /// <summary>Uploads overlap, so that the order in which documents come is nobody's.</summary>
    private static List<FakeDocument> Sorted(FakeCore core) => [.. core.Documents.OrderBy(d => d.Identifier, StringComparer.Ordinal)];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private Task<JsonNode> HydrateAsync(string mail) => HydrateAsync(MimeSample.Bytes(mail), TaskDocument.File("/m.eml"));

    private async Task<JsonNode> HydrateAsync(byte[] mail, JsonObject document) =>
        (await Rig.RunAsync(new EmlHydrater(new EmlHydraterOptions()), document, mail))!;

    private static string? Text(JsonNode sent) => (string?)sent["metadata"]?["text"];

    private static string? Html(JsonNode sent) => (string?)sent["data"]?["html"];
}

public sealed class EmlInProcessTests : EmlSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class EmlHttpTests : EmlSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
