using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Markdown;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §9, in process and over HTTP.</summary>
public abstract class MarkdownSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    [Fact]
    public async Task The_reference_example_is_rendered()
    {
        var sent = await HydrateAsync("# Trip\n\n> note\n\nA & B");
        Assert.Contains("<h1>Trip</h1>", Html(sent), StringComparison.Ordinal);
        Assert.Contains("<blockquote>", Html(sent), StringComparison.Ordinal);
        Assert.Contains("A &amp; B", Html(sent), StringComparison.Ordinal);
        Assert.Equal("Trip\n\nnote\n\nA & B", Text(sent));
        Assert.Equal("document", (string?)sent["document_type"]);
        Assert.Equal("text/markdown", (string?)sent["data"]!["content_type"]);
        Assert.Equal("Trip", (string?)sent["metadata"]!["title"]);
    }

    [Fact]
    public async Task A_byte_order_mark_is_ignored() =>
        Assert.Equal("Trip", Text(await HydrateAsync("\ufeff# Trip")));

    [Fact]
    public async Task Scripts_and_relative_images_are_gone_and_links_leave_their_text()
    {
        var sent = await HydrateAsync(
            "a <script>alert(1)</script> [b](javascript:alert(1)) [c](https://x.test/d) ![e](pic.png)\n\n<p onclick=x()>f</p>");
        Assert.DoesNotContain("script", Html(sent), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("onclick", Html(sent), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", Html(sent), StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://x.test/d\">c</a>", Html(sent), StringComparison.Ordinal);
        Assert.Equal("a b c e\nf", Text(sent));
    }

    [Fact]
    public async Task Tables_tasks_and_footnotes_are_rendered()
    {
        var sent = await HydrateAsync("|a|b|\n|-|-|\n|1|2|\n\n- [x] done\n\nsee[^1]\n\n[^1]: the note");
        Assert.Contains("<td>1</td>", Html(sent), StringComparison.Ordinal);
        Assert.Contains("<input type=\"checkbox\" disabled checked>", Html(sent), StringComparison.Ordinal);
        Assert.Contains("the note", Text(sent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Front_matter_goes_to_the_metadata_and_not_to_the_text()
    {
        var sent = await HydrateAsync("---\ntitle: \"My notes\"\ntags: [red, 'dark blue']\nother: hidden\n---\n# Heading\n\nText");
        Assert.Equal("My notes", (string?)sent["metadata"]!["title"]);
        Assert.Equal("""["red","dark blue"]""", sent["metadata"]!["tags"]!.ToJsonString());
        Assert.Equal("Heading\nText", Text(sent));
        var list = await HydrateAsync("---\ntags:\n  - red\n  - blue\n---\nx");
        Assert.Equal("""["red","blue"]""", list["metadata"]!["tags"]!.ToJsonString());
    }

    [Fact]
    public async Task Angle_brackets_in_code_stay_text()
    {
        var sent = await HydrateAsync("`a < b` and `<script>`");
        Assert.Equal("a &lt; b and &lt;script&gt;", Text(sent));
    }

    [Fact]
    public async Task Blank_markdown_is_a_document_without_text() => Assert.Equal(
        """{"document_type":"document","data":{"content_type":"text/markdown"}}""", (await HydrateAsync(" \n")).ToJsonString());

    [Fact]
    public async Task Bytes_that_are_not_text_are_a_permanent_error()
    {
        var bytes = new byte[2000];
        new Random(3).NextBytes(bytes);
        var sent = await HydrateAsync(bytes);
        Assert.StartsWith("HydrationError:", (string?)sent["hydration_error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">")]
    [InlineData("[")]
    [InlineData("- ")]
    [InlineData("*a ")]
    [InlineData("![")]
    [InlineData("<div>")]
    [InlineData("`a ")]
    public async Task Nesting_without_end_is_survived(string piece)
    {
        var sent = await HydrateAsync(string.Concat(Enumerable.Repeat(piece, 20_000)) + "x");
        Assert.Null(sent["hydration_error"]);
        Assert.Contains("x", Text(sent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_megabytes_are_rendered_within_the_time_limit()
    {
        var sent = await HydrateAsync(Page(5_000_000));
        Assert.Null(sent["hydration_error"]);
        Assert.Contains("Part 50000", Text(sent), StringComparison.Ordinal);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private Task<JsonNode> HydrateAsync(string source) => HydrateAsync(Encoding.UTF8.GetBytes(source));

    private async Task<JsonNode> HydrateAsync(byte[] source) =>
        (await Rig.RunAsync(new MarkdownHydrater(new MarkdownHydraterOptions()), TaskDocument.File("/a.md"), source))!;

    private protected static string Page(int length)
    {
        var page = new StringBuilder();
        for (var i = 0; page.Length < length; i++)
        {
            page.Append("## Part ").Append(i).Append("\n\nSome *words* with [a link](https://x.test/) and `code`.\n\n- one\n- two\n\n");
        }

        return page.ToString();
    }

    private static string? Text(JsonNode sent) => (string?)sent["metadata"]?["text"];

    private static string? Html(JsonNode sent) => (string?)sent["data"]?["html"];
}

public sealed class MarkdownInProcessTests : MarkdownSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();

    [Fact]
    public void Long_pages_take_linear_time() => Growth.IsLinear(1_600_000, size =>
    {
        var page = Page(size);
        return () => MarkdownHydrater.Render(page);
    });
}

public sealed class MarkdownHttpTests : MarkdownSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
