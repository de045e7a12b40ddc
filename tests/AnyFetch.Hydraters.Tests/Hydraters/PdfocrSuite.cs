using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Pdfocr;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §5, in process and over HTTP.</summary>
public abstract class PdfocrSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    [ToolFact("vips", "tesseract", "pdftoppm")]
    public async Task The_pages_of_a_scan_are_read_in_order()
    {
        var sent = await HydrateAsync(PdfSample.OfPictures(Scan("ALPHA station"), Scan("BETA station")));
        Assert.Equal("""{"metadata":{"text":"ALPHA station\n\nBETA station"}}""", sent.ToJsonString());
        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
    }

    [ToolFact("vips", "tesseract", "pdftoppm")]
    public async Task No_more_pages_are_read_than_the_limit()
    {
        Assert.Equal(30, new PdfocrHydraterOptions().PagesMax);
        var scan = PdfSample.OfPictures(Scan("ALPHA station"), Scan("BETA station"));
        var sent = await HydrateAsync(scan, new PdfocrHydraterOptions { PagesMax = 1 });
        Assert.Equal("""{"metadata":{"text":"ALPHA station"},"data":{"truncated":true}}""", sent.ToJsonString());
    }

    [ToolFact("vips", "tesseract", "pdftoppm")]
    public async Task Pages_that_are_not_reached_in_time_are_left_out()
    {
        var options = new PdfocrHydraterOptions { TimeoutSeconds = 60, PageTimeoutSeconds = 30.01 };
        var sent = await HydrateAsync(PdfSample.OfPictures(Scan("ALPHA station")), options);
        Assert.Equal("""{"data":{"truncated":true}}""", sent.ToJsonString());
    }

    [ToolFact("vips", "tesseract", "pdftoppm")]
    public async Task A_poster_is_drawn_no_larger_than_the_limit()
    {
        // Two hundred inches long: at 300 dots an inch it would have a billion pixels.
        var poster = PdfSample.OfPictures(Scan("ALPHA station"));
        var text = System.Text.Encoding.Latin1.GetString(poster).Replace("[0 0 576 144]", "[0 0 14400 3600]").Replace("576 0 0 144 0 0 cm", "14400 0 0 3600 0 0 cm");
        var sent = await HydrateAsync(System.Text.Encoding.Latin1.GetBytes(text));
        Assert.Equal("ALPHA station", (string?)sent["metadata"]?["text"]);
    }

    [ToolFact("vips", "tesseract", "pdftoppm")]
    public async Task A_scan_of_nothing_has_no_text() => Assert.Equal("{}", (await HydrateAsync(PdfSample.WithoutText())).ToJsonString());

    [ToolFact("tesseract", "pdftoppm")]
    public async Task What_cannot_be_read_is_a_permanent_error()
    {
        Assert.StartsWith("HydrationError: The PDF is damaged", Error(await HydrateAsync([.. "%PDF-1.4\n"u8, 1, 2, 3])), StringComparison.Ordinal);
        Assert.Contains("encryption", Error(await HydrateAsync(PdfSample.Encrypted())), StringComparison.Ordinal);
        Assert.Equal("HydrationError: The file is not a PDF.", Error(await HydrateAsync("hello"u8.ToArray())));
        var tooLittle = new PdfocrHydraterOptions { PageTimeoutSeconds = 20, SidePixelsMin = 6_000, SidePixelsMax = 6_000, ToolMemoryBytesMax = 1 << 20 };
        Assert.StartsWith("HydrationError: ", Error(await HydrateAsync(PdfSample.WithoutText(), tooLittle)), StringComparison.Ordinal);
    }

    [ToolFact("tesseract", "pdftoppm")]
    public async Task Damaged_scans_end_in_success_or_a_permanent_error()
    {
        foreach (var damaged in Damage.Of(PdfSample.Of("one", "two"), 3))
        {
            var sent = await HydrateAsync(damaged);
            Assert.True(Error(sent)?.StartsWith("HydrationError: ", StringComparison.Ordinal) ?? true, sent.ToJsonString());
        }

        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private static byte[] Scan(string text) => ImageSample.As(".jpg[Q=90]", ImageSample.Text(text));

    private async Task<JsonNode> HydrateAsync(byte[] file, PdfocrHydraterOptions? options = null)
    {
        var document = TaskDocument.File("/scan.pdf");
        document["document_type"] = "document";
        return (await Rig.RunAsync(new PdfocrHydrater(options ?? new PdfocrHydraterOptions()), document, file))!;
    }

    private static string? Error(JsonNode sent) => (string?)sent["hydration_error"];
}

public sealed class PdfocrInProcessTests : PdfocrSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class PdfocrHttpTests : PdfocrSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
