using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater.Sniffing;
using AnyFetch.Hydrater.TestKit;
using AnyFetch.Hydraters.Eml;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Mime;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>What holds mails or hides in them: mails inside mails, winmail.dat, uuencoded files, mbox.</summary>
public abstract class EmlContainerSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    [Fact]
    public async Task A_mail_inside_a_mail_becomes_a_file_of_its_own()
    {
        var core = await Rig.CoreAsync();
        await HydrateAsync("""
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: message/rfc822

            Subject: inner/one

            text
            --x
            Content-Type: message/rfc822; name=named

            Subject: two

            text
            --x--
            """);
        Assert.Equal(["rig/m.eml/inner-one.eml", "rig/m.eml/named.eml"], Sorted(core).Select(d => d.Identifier));
        Assert.Equal("Subject: inner/one\r\n\r\ntext", Encoding.UTF8.GetString(Sorted(core)[0].File!));
    }

    [Fact]
    public async Task Mails_nest_five_levels_and_no_more()
    {
        var core = await Rig.CoreAsync();
        var mail = MimeSample.Bytes("Content-Type: message/rfc822\n\nSubject: inner\n\nx");
        var document = TaskDocument.File("/m.eml");
        document["data"]!["nesting"] = 4;
        Assert.Null((await HydrateAsync(mail, document))["hydration_error"]);
        Assert.Single(core.Documents);
        document["data"]!["nesting"] = 5;
        Assert.StartsWith("HydrationError:", (string?)(await HydrateAsync(mail, document))["hydration_error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_winmail_file_is_unpacked_and_its_text_stands_in()
    {
        var core = await Rig.CoreAsync();
        var sent = await HydrateAsync($"""
            Subject: from Outlook
            Content-Type: application/ms-tnef; name=winmail.dat
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(TnefSample.Build("Hello from TNEF", ("plan.txt", "the plan"u8.ToArray())))}
            """);
        Assert.Equal("Hello from TNEF", Text(sent));
        var child = Assert.Single(core.Documents);
        Assert.Equal(("rig/m.eml/plan.txt", "the plan"), (child.Identifier, Encoding.UTF8.GetString(child.File!)));
    }

    [Fact]
    public async Task A_uuencoded_file_in_the_text_becomes_an_attachment()
    {
        var core = await Rig.CoreAsync();
        var sent = await HydrateAsync("Subject: s\n\nSee below.\nbegin 644 a.txt\n%2&5L;&\\\n`\nend\nBye.");
        Assert.Equal("See below.\nBye.", Text(sent));
        Assert.Equal("Hello", Encoding.UTF8.GetString(Assert.Single(core.Documents).File!));
    }

    [Fact]
    public async Task An_mbox_is_split_into_mails()
    {
        var core = await Rig.CoreAsync();
        var sent = await HydrateAsync(Mbox(3), TaskDocument.File("/a.mbox"));
        Assert.Equal("document", (string?)sent["document_type"]);
        Assert.Equal(3, (int)sent["metadata"]!["mailsCount"]!);
        Assert.Equal(["rig/a.mbox/0001.eml", "rig/a.mbox/0002.eml", "rig/a.mbox/0003.eml"], Sorted(core).Select(d => d.Identifier));
        Assert.Equal("Subject: mail 2\nDate: 3 Mar 2026 10:00 GMT\n\nbody 2\n\n", Encoding.UTF8.GetString(Sorted(core)[1].File!));
        Assert.Equal("2026-03-03T10:00:00.000Z", (string?)Sorted(core)[1].Fields["creation_date"]);
    }

    [Fact]
    public async Task A_long_mbox_is_split_in_two_steps()
    {
        var core = await Rig.CoreAsync();
        var options = new EmlHydraterOptions { MailsMax = 2 };
        var sent = await Rig.RunAsync(new EmlHydrater(options), TaskDocument.File("/a.mbox"), Mbox(3));
        Assert.Equal(3, (int)sent!["metadata"]!["mailsCount"]!);
        Assert.Equal(["rig/a.mbox/0001.mbox", "rig/a.mbox/0002.mbox"], Sorted(core).Select(d => d.Identifier));
        var part = Sorted(core)[0];
        await Rig.RunAsync(new EmlHydrater(options), TaskDocument.File("/p.mbox"), part.File);
        Assert.Equal("Subject: mail 1\nDate: 3 Mar 2026 10:00 GMT\n\nbody 1\n\n", Encoding.UTF8.GetString(core.Find("rig/p.mbox/0001.eml")!.File!));
        var five = await Rig.RunAsync(new EmlHydrater(options), TaskDocument.File("/a.mbox"), Mbox(5));
        Assert.StartsWith("HydrationError:", (string?)five!["hydration_error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Return-Path: <a@x.test>\nFrom: a@x.test\nDate: x\n\nbody", "message/rfc822")]
    [InlineData("From a@x.test Tue Mar  3 10:20:30 2026\nFrom: a\nTo: b\nSubject: c\n\nbody", "application/mbox")]
    [InlineData("From: a\nTo: b\n\nSubject: c", "text/plain")]
    [InlineData("Dear all,\nFrom: a\nTo: b\nSubject: c", "text/plain")]
    [InlineData("key: value\nother: value\n", "text/plain")]
    public void Mails_without_extension_are_told_by_their_header(string content, string expected)
    {
        using var temp = new TempDirectory();
        File.WriteAllText(temp.File("x"), content);
        Assert.Equal(expected, ContentSniffer.Sniff(temp.File("x"), "/cur/1709").ContentType);
        Assert.Equal("text/plain", ContentSniffer.Sniff(temp.File("x"), "/a.txt").ContentType);
    }

    /// <summary>Uploads overlap, so that the order in which documents come is nobody's.</summary>
    private static List<FakeDocument> Sorted(FakeCore core) => [.. core.Documents.OrderBy(d => d.Identifier, StringComparer.Ordinal)];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private static byte[] Mbox(int mails) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, mails).Select(i =>
        $"From a@x.test Tue Mar  3 10:20:30 2026\nSubject: mail {i}\nDate: 3 Mar 2026 10:00 GMT\n\nbody {i}\n\n")));

    private Task<JsonNode> HydrateAsync(string mail) => HydrateAsync(MimeSample.Bytes(mail), TaskDocument.File("/m.eml"));

    private async Task<JsonNode> HydrateAsync(byte[] mail, JsonObject document) =>
        (await Rig.RunAsync(new EmlHydrater(new EmlHydraterOptions()), document, mail))!;

    private static string? Text(JsonNode sent) => (string?)sent["metadata"]?["text"];
}

public sealed class EmlContainerInProcessTests : EmlContainerSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class EmlContainerHttpTests : EmlContainerSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
