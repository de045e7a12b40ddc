using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Embedmail;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §11, in process and over HTTP.</summary>
public abstract class EmbedmailSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    [Theory]
    [InlineData("Yes.\nDe : bo@y.test\nA : me\n\nNo?")]
    [InlineData("Yes.\n---------- Forwarded message ----------\nFrom: a")]
    [InlineData("Yes.\n-----Original Message-----\nx")]
    [InlineData("Yes.\nFrom: bo@y.test\nx")]
    [InlineData("Yes.\n\n________________________________\nx")]
    [InlineData("Yes.\n\nOn Tue, 3 Mar 2026, Bo &lt;bo@y.test&gt; wrote:\n&gt; no?")]
    [InlineData("Yes.\n\nOn Tue, 3 Mar 2026 at 10:00, Bo Somebody With A Long Name\n&lt;bo@y.test&gt; wrote:\n\n&gt; no?")]
    [InlineData("Yes.\n\nLe mar. 3 mars 2026 à 10:00, Bo a écrit :\n\n&gt; non ?")]
    [InlineData("Yes.\nAm 03.03.2026 um 10:00 schrieb Bo:\n&gt; nein?")]
    [InlineData("Yes.\nEl mar, 3 mar 2026, Bo escribió:\n&gt; no?")]
    [InlineData("Yes.\n\n&gt; no?\n&gt;\n&gt; or\n")]
    [InlineData("Yes.\n> no?")]
    public async Task Text_is_cut_where_a_quoted_mail_begins(string text) =>
        Assert.Equal("Yes.", Text(await HydrateAsync(Mail(text, null))));

    [Theory]
    [InlineData("a-b—c")]
    [InlineData("Best\n-- \nAda\nParis")]
    [InlineData("> one\nmy answer")]
    [InlineData("Onward they wrote: a song")]
    [InlineData("De rien")]
    public async Task Other_text_is_untouched(string text) => Assert.Null(Text(await HydrateAsync(Mail(text, null))));

    [Fact]
    public async Task Text_alone_becomes_html_with_breaks()
    {
        var sent = await HydrateAsync(Mail("one\n5 &lt; 7", null));
        Assert.Equal("one<br/>5 &lt; 7", Html(sent));
        Assert.Null(sent["metadata"]);
    }

    [Fact]
    public async Task A_known_container_in_the_html_wins_over_the_text()
    {
        const string Html = "<p>Sure.</p><div class=\"gmail_extra\">On Tue Bo wrote:<p>no?</p></div>";
        var sent = await HydrateAsync(Mail("Something else", Html));
        Assert.Equal("Sure.", Text(sent));
        Assert.Null(sent["data"]);
    }

    [Theory]
    [InlineData("class=\"yahoo_quoted\"")]
    [InlineData("class=\"x gmail_quote\"")]
    [InlineData("class=moz-cite-prefix")]
    [InlineData("class='protonmail_quote'")]
    [InlineData("class='anyfetch-quote'")]
    [InlineData("id=divRplyFwdMsg")]
    [InlineData("id=\"appendonsend\"")]
    [InlineData("style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'")]
    public async Task Containers_of_all_programs_are_known(string attribute) => Assert.Equal(
        "Sure.", Text(await HydrateAsync(Mail(null, $"<p>Sure.</p><div><div {attribute}>quoted</div></div><p>more</p>"))));

    [Fact]
    public async Task Blockquotes_are_removed_from_the_html()
    {
        var sent = await HydrateAsync(Mail(null, "<style>p{}</style><p>Sure.</p><blockquote><p>no?</p><blockquote>x</blockquote></blockquote><p>A &amp; B</p>"));
        Assert.Equal("<p>Sure.</p><p>A &amp; B</p>", Html(sent));
        Assert.Equal("Sure. A & B", Text(sent));
    }

    [Fact]
    public async Task A_thread_of_three_keeps_its_three_messages()
    {
        var sent = await HydrateAsync(new JsonObject
        {
            ["identifier"] = "t",
            ["document_type"] = "email-thread",
            ["metadata"] = new JsonObject
            {
                ["messages"] = new JsonArray(
                    new JsonObject { ["subject"] = "one", ["text"] = "1\nFrom: a" }, new JsonObject { ["text"] = "2" }, new JsonObject()),
            },
            ["data"] = new JsonObject
            {
                ["messages"] = new JsonArray(new JsonObject { ["html"] = "<p>1</p><blockquote>q</blockquote>", ["x"] = 1 }),
            },
        });
        Assert.Equal("""[{"subject":"one","text":"1"},{"text":"2"},{}]""", sent["metadata"]!["messages"]!.ToJsonString());
        Assert.Equal("""[{"html":"<p>1</p>","x":1},{"html":"2"},{}]""", sent["data"]!["messages"]!.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task A_forwarded_mail_without_comment_keeps_its_text()
    {
        Assert.Null(Text(await HydrateAsync(Mail("---------- Forwarded message ----------\nThe plan.", null))));
        var html = await HydrateAsync(Mail(null, "<div class=\"gmail_quote\">The plan.</div>"));
        Assert.Equal("The plan.", Text(html));
        var quote = await HydrateAsync(Mail(null, "<blockquote>The plan.</blockquote>"));
        Assert.Equal(("The plan.", null), (Text(quote), Html(quote)));
    }

    [Theory]
    [InlineData("""{"document_type":"email"}""")]
    [InlineData("""{"document_type":"email","metadata":null,"data":7}""")]
    [InlineData("""{"document_type":"email-thread"}""")]
    [InlineData("""{"document_type":"email-thread","metadata":{"messages":"x"},"data":{"messages":[]}}""")]
    [InlineData("""{"document_type":"email","metadata":{"text":7},"data":{"html":[]}}""")]
    public async Task Missing_maps_do_no_harm(string document) =>
        Assert.Equal("{}", (await HydrateAsync(JsonNode.Parse(document)!.AsObject())).ToJsonString());

    [Fact]
    public async Task The_quoted_html_is_kept_when_asked_for()
    {
        var sent = await Rig.RunAsync(
            new EmbedmailHydrater(new EmbedmailHydraterOptions { KeepsQuotedHtml = true }), Mail(null, "a<blockquote>b</blockquote>"), null);
        Assert.Equal("a<blockquote>b</blockquote>", (string?)sent!["data"]!["quoted_html"]);
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        var random = new Random(5);
        string[] pieces =
        [
            "Yes.\n", "De : x\n", "&gt; q\n", "---- original\n", "____\n", "On Tue Bo wrote:\n", "<p>a</p>", "<blockquote>q</blockquote>",
            "<div class=gmail_quote>", "</div>", "\n", "-- \n", "From: a\n", "5 &lt; 7\n", "<br>", "text ",
        ];
        for (var round = 0; round < 60; round++)
        {
            var text = Pick(pieces, random);
            var document = Mail(random.Next(3) == 0 ? null : text.Replace("<", "&lt;", StringComparison.Ordinal), random.Next(3) == 0 ? null : Pick(pieces, random));
            var first = await HydrateAsync(document);
            Merge(document, first);
            Assert.Equal("{}", (await HydrateAsync(document)).ToJsonString());
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private static string Pick(string[] pieces, Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => pieces[random.Next(pieces.Length)])).Trim();

    private static void Merge(JsonObject document, JsonNode sent)
    {
        foreach (var map in (string[])["metadata", "data"])
        {
            foreach (var (key, value) in sent[map]?.AsObject() ?? [])
            {
                document[map]![key] = value?.DeepClone();
            }
        }
    }

    private static JsonObject Mail(string? text, string? html)
    {
        var mail = new JsonObject
        {
            ["identifier"] = "m", ["document_type"] = "email", ["metadata"] = new JsonObject(), ["data"] = new JsonObject(),
        };
        if (text is not null)
        {
            mail["metadata"]!["text"] = text;
        }

        if (html is not null)
        {
            mail["data"]!["html"] = html;
        }

        return mail;
    }

    private async Task<JsonNode> HydrateAsync(JsonObject document) =>
        (await Rig.RunAsync(new EmbedmailHydrater(new EmbedmailHydraterOptions()), document, null))!;

    private static string? Text(JsonNode sent) => (string?)sent["metadata"]?["text"];

    private static string? Html(JsonNode sent) => (string?)sent["data"]?["html"];
}

public sealed class EmbedmailInProcessTests : EmbedmailSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();

    [Theory]
    [InlineData("On a ")]
    [InlineData("&gt; \n")]
    [InlineData("-")]
    [InlineData("-\n")]
    [InlineData("On a\n")]
    public void Long_texts_take_linear_time(string piece) => Growth.IsLinear(1_000_000, size =>
    {
        var text = string.Concat(Enumerable.Repeat(piece, size / piece.Length));
        return () => Assert.NotNull(new QuotedMessage(text, null).Text);
    });
}

public sealed class EmbedmailHttpTests : EmbedmailSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
