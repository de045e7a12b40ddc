using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Pdf;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §3, in process and over HTTP.</summary>
public abstract class PdfSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    [ToolFact("pdftoppm")]
    public async Task A_page_is_a_picture_with_its_words_in_order()
    {
        var sent = await HydrateAsync(PdfSample.WithTitle("The quote", "Quote 12\nfor <Ana> & Bo"));
        var html = (string)sent["data"]!["html"]!;
        Assert.Contains("Quote 12\nfor &lt;Ana&gt; &amp; Bo", html, StringComparison.Ordinal);
        var picture = html.Split("src=\"")[1].Split('"')[0];
        var jpeg = ImageSample.FromDataUri(picture, "image/jpeg");
        Assert.True(jpeg is [0xff, 0xd8, ..]);
        Assert.Equal(1, (int)sent["metadata"]!["pages"]!);
        Assert.Equal("The quote", (string?)sent["metadata"]!["title"]);
        Assert.Null(sent["document_type"]);
        Assert.Null(sent["metadata"]!["text"]);
    }

    [ToolFact("pdftoppm")]
    public async Task The_core_lets_all_of_a_page_through()
    {
        var html = (string)(await HydrateAsync(PdfSample.Of("Quote 12")))["data"]!["html"]!;
        Assert.Equal(html, AnyFetch.Hydrater.Text.HtmlSanitizer.Sanitize(html).Html);
    }

    [ToolFact("pdftoppm")]
    public async Task Seven_of_twelve_pages_are_shown_and_the_rest_is_said_to_be_left_out()
    {
        var sent = await HydrateAsync(PdfSample.Of([.. Enumerable.Range(1, 12).Select(n => $"Number {n}.")]));
        var html = (string)sent["data"]!["html"]!;
        Assert.Equal(7, html.Split("<img").Length - 1);
        Assert.Contains("Number 7.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Number 8.", html, StringComparison.Ordinal);
        Assert.True((bool)sent["data"]!["truncated"]!);
        Assert.Equal(12, (int)sent["metadata"]!["pages"]!);
    }

    [ToolFact("pdftoppm")]
    public async Task A_broken_file_and_one_behind_a_password_are_permanent_errors()
    {
        Assert.StartsWith(
            "HydrationError: The PDF is damaged", Error(await HydrateAsync("%PDF-1.4\nnothing here"u8.ToArray())), StringComparison.Ordinal);
        Assert.Contains("encryption", Error(await HydrateAsync(PdfSample.Encrypted())), StringComparison.Ordinal);
        Assert.Equal("HydrationError: The file is not a PDF.", Error(await HydrateAsync("hello"u8.ToArray())));
    }

    [ToolFact("pdftoppm")]
    public async Task A_file_that_may_not_be_printed_or_copied_is_shown_all_the_same()
    {
        var html = (string)(await HydrateAsync(ProtectedPdfSample.Of("Quote 12")))["data"]!["html"]!;
        Assert.Contains("Quote", html, StringComparison.Ordinal);
        Assert.Contains("<img", html, StringComparison.Ordinal);
    }

    [ToolFact("pdftoppm")]
    public async Task A_script_in_the_file_does_not_reach_the_display()
    {
        var pdf = Encoding.Latin1.GetString(PdfSample.Of("Quote 12")).Replace(
            "/Type /Catalog", "/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", StringComparison.Ordinal);
        var html = (string)(await HydrateAsync(Encoding.Latin1.GetBytes(pdf)))["data"]!["html"]!;
        Assert.DoesNotContain("alert", html, StringComparison.Ordinal);
        Assert.Contains("Quote 12", html, StringComparison.Ordinal);
    }

    [ToolFact("pdftoppm")]
    public async Task A_page_of_a_mile_costs_no_more_than_another()
    {
        var pdf = Encoding.Latin1.GetString(PdfSample.Of("Quote 12")).Replace("[0 0 595 842]", "[0 0 9999999 9]", StringComparison.Ordinal);
        var sent = await HydrateAsync(Encoding.Latin1.GetBytes(pdf));
        Assert.True(Error(sent)?.StartsWith("HydrationError:", StringComparison.Ordinal) ?? true, sent.ToJsonString());
    }

    [ToolFact("pdftoppm")]
    public async Task A_display_that_gets_too_large_loses_its_pictures_last()
    {
        var words = await HydrateAsync(PdfSample.Of("Quote 12"), new PdfHydraterOptions { HtmlBytesMax = 1 });
        Assert.DoesNotContain("<img", (string)words["data"]!["html"]!, StringComparison.Ordinal);
        Assert.Contains("Quote 12", (string)words["data"]!["html"]!, StringComparison.Ordinal);
    }

    [ToolFact("pdftoppm")]
    public async Task Damaged_pdfs_end_in_success_or_a_permanent_error()
    {
        foreach (var damaged in Damage.Of(PdfSample.Of("Hello", "World"), 10))
        {
            var sent = await HydrateAsync(damaged);
            Assert.True(Error(sent)?.StartsWith("HydrationError: ", StringComparison.Ordinal) ?? true, sent.ToJsonString());
        }

        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private async Task<JsonNode> HydrateAsync(byte[] file, PdfHydraterOptions? options = null)
    {
        var document = TaskDocument.File("/q.pdf");
        document["document_type"] = "document";
        return (await Rig.RunAsync(new PdfHydrater(options ?? new PdfHydraterOptions()), document, file))!;
    }

    private static string? Error(JsonNode sent) => (string?)sent["hydration_error"];
}

public sealed class PdfInProcessTests : PdfSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class PdfHttpTests : PdfSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
