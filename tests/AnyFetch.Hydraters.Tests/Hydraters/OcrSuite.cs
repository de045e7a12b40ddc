using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Ocr;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §6, in process and over HTTP.</summary>
public abstract class OcrSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    [ToolTheory("vips", "tesseract")]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".tif")]
    public async Task Printed_words_are_read(string format)
    {
        var sent = await HydrateAsync("/p" + format, ImageSample.As(format, ImageSample.Text("Order 66 shipped")));
        Assert.Equal("Order 66 shipped", (string?)sent["metadata"]?["text"]);
        Assert.Equal("image", (string?)sent["document_type"]);
    }

    [ToolFact("vips", "tesseract")]
    public async Task All_pages_of_a_tiff_are_read_in_order_and_no_more_than_the_limit()
    {
        var tiff = ImageSample.Tiff(ImageSample.Text("ALPHA station"), ImageSample.Text("BETA station"));
        Assert.Equal("ALPHA station\n\nBETA station", (string?)(await HydrateAsync("/p.tif", tiff))["metadata"]!["text"]);
        var cut = await HydrateAsync("/p.tif", tiff, new OcrHydraterOptions { PagesMax = 1 });
        Assert.Equal("ALPHA station", (string?)cut["metadata"]!["text"]);
        Assert.True((bool)cut["data"]!["truncated"]!);
    }

    [ToolFact("vips", "tesseract")]
    public async Task A_text_file_renamed_to_a_picture_is_a_permanent_error() => Assert.Equal(
        "HydrationError: The file is not a picture.", (string?)(await HydrateAsync("/p.png", "hello"u8.ToArray()))["hydration_error"]);

    [ToolFact("vips", "tesseract")]
    public async Task A_photo_without_text_is_an_image_without_text() => Assert.Equal(
        """{"document_type":"image"}""", (await HydrateAsync("/p.png", ImageSample.Png(600, 400))).ToJsonString());

    [ToolFact("vips", "tesseract")]
    public async Task Angle_brackets_are_escaped() => Assert.DoesNotContain(
        '<', (string)(await HydrateAsync("/p.png", ImageSample.Text("Total &lt; 2000 euros")))["metadata"]!["text"]!);

    [ToolFact("vips", "tesseract")]
    public async Task The_languages_of_the_company_go_before_those_of_the_server()
    {
        var print = ImageSample.As(".png", ImageSample.Text("Order 66 shipped"));
        var document = TaskDocument.File("/p.png");
        document["company"] = JsonNode.Parse("""{"ocr_languages":["xyz_abc"]}""");
        Assert.Equal(
            "HydrationError: Not installed: tesseract's data for xyz_abc.",
            (string?)(await Rig.RunAsync(new OcrHydrater(new OcrHydraterOptions()), document, print))!["hydration_error"]);

        document["company"] = JsonNode.Parse("""{"ocr_languages":["eng"]}""");
        var options = new OcrHydraterOptions { Languages = ["fra"] };
        Assert.Equal("Order 66 shipped", (string?)(await Rig.RunAsync(new OcrHydrater(options), document, print))!["metadata"]?["text"]);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private async Task<JsonNode> HydrateAsync(string path, byte[] file, OcrHydraterOptions? options = null) =>
        (await Rig.RunAsync(new OcrHydrater(options ?? new OcrHydraterOptions()), TaskDocument.File(path), file))!;
}

public sealed class OcrInProcessTests : OcrSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class OcrHttpTests : OcrSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
