using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Image;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §7, in process and over HTTP.</summary>
public abstract class ImageSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    /// <summary>Damaged files a format: one server a file makes them dear over HTTP.</summary>
    protected virtual int DamagedFiles => 1;

    [ToolFact("vips")]
    public async Task A_large_photo_is_shrunk_to_both_sizes()
    {
        var sent = await HydrateAsync("/p.jpg", ImageSample.As(".jpg", ImageSample.Png(4000, 3000)));
        Assert.Equal((333, 250, "pngload"), ImageSample.Measure(Thumb(sent)));
        var (width, height, loader) = ImageSample.Measure(Display(sent));
        Assert.Equal((750, "jpegload"), (width, loader));
        Assert.InRange(height, 562, 564);
        Assert.Equal("image", (string?)sent["document_type"]);
        Assert.Equal((4000, 3000), ((int)sent["metadata"]!["width"]!, (int)sent["metadata"]!["height"]!));
        Assert.Equal("image/jpeg", (string?)sent["data"]!["content_type"]);
    }

    [ToolFact("vips")]
    public async Task A_small_picture_is_never_enlarged()
    {
        var sent = await HydrateAsync("/p.png", ImageSample.Png(100, 80));
        Assert.Equal((100, 80, "pngload"), ImageSample.Measure(Thumb(sent)));
        Assert.Equal((100, 80, "jpegload"), ImageSample.Measure(Display(sent)));
    }

    [ToolFact("vips")]
    public async Task Both_pictures_are_webp_when_that_is_wanted()
    {
        var hydrater = new ImageHydrater(new ImageHydraterOptions { WritesWebP = true });
        var sent = (await Rig.RunAsync(hydrater, TaskDocument.File("/p.png"), ImageSample.Png(800, 600, alpha: 128)))!;
        foreach (var (uri, width) in new[] { ((string?)sent["metadata"]!["thumb"], 333), ((string?)sent["data"]!["display"], 750) })
        {
            var (measured, _, loader) = ImageSample.Measure(ImageSample.FromDataUri(uri, "image/webp"));
            Assert.Equal(width, measured);
            Assert.StartsWith("webpload", loader, StringComparison.Ordinal);
        }
    }

    [ToolFact("vips")]
    public async Task A_photo_taken_sideways_is_turned_upright()
    {
        var jpeg = ImageSample.WithSegments(ImageSample.As(".jpg[Q=95]", ImageSample.Png(100, 80)), ImageSample.Orientation(6));
        var sent = await HydrateAsync("/p.jpg", jpeg);
        Assert.Equal((80, 100, "pngload"), ImageSample.Measure(Thumb(sent)));
        Assert.Equal((80, 100), ((int)sent["metadata"]!["width"]!, (int)sent["metadata"]!["height"]!));
        // The left half was red: turned by a quarter to the right, the upper half is.
        Assert.True(ImageSample.Pixel(Display(sent), 40, 10)[0] > 200);
        Assert.True(ImageSample.Pixel(Display(sent), 40, 90)[2] > 200);
    }

    [ToolFact("vips")]
    public async Task What_the_document_has_already_is_not_made_again()
    {
        var document = TaskDocument.File("/p.png");
        document["metadata"]!["thumb"] = "https://x.test/thumb.png";
        var sent = await HydrateAsync(document, ImageSample.Png(100, 80));
        Assert.Null(sent["metadata"]!["thumb"]);
        Assert.NotEmpty(Display(sent));
        document["data"]!["display"] = "https://x.test/display.jpg";
        Assert.Null((await HydrateAsync(document, ImageSample.Png(100, 80)))["data"]!["display"]);
    }

    [ToolFact("vips")]
    public async Task A_truncated_photo_is_a_permanent_error_and_keeps_its_type()
    {
        var jpeg = ImageSample.As(".jpg", ImageSample.Png(800, 600));
        var sent = await HydrateAsync("/p.jpg", jpeg[..(jpeg.Length / 2)]);
        Assert.Equal("HydrationError: The picture is damaged: VipsJpeg: Premature end of input file.", Error(sent));
        Assert.Null(sent["document_type"]);
    }

    [ToolTheory("vips")]
    [InlineData(".png")]
    [InlineData(".tif")]
    [InlineData(".heic")]
    [InlineData(".webp")]
    public async Task What_is_said_of_a_damaged_picture_is_the_same_each_time(string extension)
    {
        var picture = ImageSample.As(extension, ImageSample.Png(300, 200));
        var first = Error(await HydrateAsync("/p" + extension, picture[..(picture.Length * 6 / 10)]));
        Assert.StartsWith("HydrationError: The picture is damaged: ", first, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", first, StringComparison.Ordinal);
        Assert.DoesNotContain("blocked", first, StringComparison.Ordinal);
        Assert.Equal(first, Error(await HydrateAsync("/p" + extension, picture[..(picture.Length * 6 / 10)])));
    }

    [ToolFact("vips")]
    public async Task A_drawing_with_a_script_is_only_drawn()
    {
        var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"200\" height=\"100\">"
            + "<script>alert(1)</script><rect width=\"200\" height=\"100\" fill=\"lime\"/>"
            + "<image xlink:href=\"file:///etc/hostname\" width=\"9\" height=\"9\"/></svg>";
        var sent = await HydrateAsync("/p.svg", Encoding.UTF8.GetBytes(svg));
        Assert.Equal((200, 100, "pngload"), ImageSample.Measure(Thumb(sent)));
        Assert.DoesNotContain("script", sent.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.InRange(ImageSample.Pixel(Display(sent), 100, 50)[1], 240, 255);
    }

    [ToolFact("vips")]
    public async Task The_words_of_a_drawing_are_its_text()
    {
        var sent = await HydrateAsync("/p.svg", """
            <?xml version="1.0"?>
            <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
            <svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><title>The pump</title><style>.a { fill: red }</style>
            <g><text x="1" y="20"><tspan>Inlet</tspan><tspan>valve</tspan></text></g><text y="40">2 &lt; 3</text></svg>
            """u8.ToArray());
        Assert.Equal("The pump\nInlet valve 2 &lt; 3", (string?)sent["metadata"]!["text"]);
        Assert.Equal("image", (string?)sent["document_type"]);
    }

    [ToolFact("vips")]
    public async Task Transparent_pictures_become_white_in_the_preview()
    {
        var sent = await HydrateAsync("/p.png", ImageSample.Png(60, 40, alpha: 0));
        Assert.All(ImageSample.Pixel(Display(sent), 10, 10), value => Assert.InRange(value, 250, 255));
        Assert.Equal(0, ImageSample.Pixel(Thumb(sent), 10, 10)[3]);
    }

    [ToolTheory("vips")]
    [InlineData(".gif", "image/gif")]
    [InlineData(".bmp", "image/bmp")]
    [InlineData(".tif", "image/tiff")]
    [InlineData(".webp", "image/webp")]
    [InlineData(".heic", "image/heic")]
    [InlineData(".avif", "image/avif")]
    public async Task Every_format_has_its_picture(string format, string type)
    {
        var sent = await HydrateAsync("/p" + format, ImageSample.As(format, ImageSample.Png(400, 300)));
        Assert.Equal(type, (string?)sent["data"]?["content_type"]);
        Assert.Equal((333, 250, "pngload"), ImageSample.Measure(Thumb(sent)));
        Assert.Equal((400, 300, "jpegload"), ImageSample.Measure(Display(sent)));
    }

    [ToolFact("vips")]
    public async Task An_icon_and_a_layered_file_have_their_picture()
    {
        var icon = await HydrateAsync("/p.ico", Icon(ImageSample.Png(32, 32)));
        Assert.Equal((32, 32, "pngload"), ImageSample.Measure(Thumb(icon)));
        var psd = await HydrateAsync("/p.psd", Psd());
        Assert.Equal((4, 2, "pngload"), ImageSample.Measure(Thumb(psd)));
    }

    [ToolFact("vips")]
    public async Task A_multi_page_tiff_shows_its_first_page()
    {
        var tiff = ImageSample.Tiff(ImageSample.Png(1200, 300), ImageSample.Png(1200, 300, alpha: 0));
        var sent = await HydrateAsync("/p.tif", tiff);
        Assert.Equal((750, 188, "jpegload"), ImageSample.Measure(Display(sent)));
    }

    [ToolFact("vips")]
    public async Task A_picture_that_claims_to_be_gigantic_is_refused()
    {
        var sent = await HydrateAsync("/p.png", ImageSample.PngOf(60_000, 60_000, new byte[10_000]));
        Assert.Contains("3,600,000,000 pixels", Error(sent), StringComparison.Ordinal);
    }

    [ToolFact("vips")]
    public async Task A_text_file_named_as_a_picture_is_a_permanent_error() => Assert.Equal(
        "HydrationError: The file is not a picture.", Error(await HydrateAsync("/p.png", "hello"u8.ToArray())));

    [ToolFact("vips")]
    public async Task A_second_run_over_its_own_output_changes_nothing()
    {
        var document = TaskDocument.File("/p.png");
        var first = await HydrateAsync(document, ImageSample.Png(500, 400));
        document["document_type"] = "image";
        document["metadata"] = Merged(document["metadata"]!, first["metadata"]!);
        document["data"] = first["data"]!.DeepClone();
        var again = await HydrateAsync(document, ImageSample.Png(500, 400));
        Assert.Equal(
            """{"document_type":"image","metadata":{"width":500,"height":400},"data":{"content_type":"image/png"}}""",
            again.ToJsonString());
    }

    [ToolFact("vips")]
    public async Task Damaged_pictures_end_in_success_or_a_permanent_error()
    {
        var png = ImageSample.Png(90, 60);
        (string Name, byte[] Sample)[] samples =
        [
            ("/x.png", png), ("/x.jpg", ImageSample.As(".jpg", png)), ("/x.gif", ImageSample.As(".gif", png)),
            ("/x.tif", ImageSample.As(".tif", png)), ("/x.webp", ImageSample.As(".webp", png)),
            ("/x.heic", ImageSample.As(".heic", png)), ("/x.bmp", ImageSample.As(".bmp", png)), ("/x.psd", Psd()),
            ("/x.ico", Icon(png)),
        ];
        foreach (var (name, sample) in samples)
        {
            foreach (var damaged in Damage.Of(sample, DamagedFiles))
            {
                var sent = await HydrateAsync(name, damaged);
                Assert.True(Error(sent)?.StartsWith("HydrationError: ", StringComparison.Ordinal) ?? true, sent.ToJsonString());
            }
        }

        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private Task<JsonNode> HydrateAsync(string path, byte[] file) => HydrateAsync(TaskDocument.File(path), file);

    private async Task<JsonNode> HydrateAsync(JsonObject document, byte[] file) =>
        (await Rig.RunAsync(new ImageHydrater(new ImageHydraterOptions()), document, file))!;

    private static byte[] Thumb(JsonNode sent) =>
        ImageSample.FromDataUri((string?)sent["metadata"]?["thumb"] ?? sent.ToJsonString(), "image/png");

    private static byte[] Display(JsonNode sent) =>
        ImageSample.FromDataUri((string?)sent["data"]?["display"] ?? sent.ToJsonString(), "image/jpeg");

    private static string? Error(JsonNode sent) => (string?)sent["hydration_error"];

    private static JsonObject Merged(JsonNode first, JsonNode second)
    {
        var all = first.DeepClone().AsObject();
        foreach (var (key, value) in second.AsObject())
        {
            all[key] = value?.DeepClone();
        }

        return all;
    }

    private static byte[] Icon(byte[] png) =>
    [
        0, 0, 1, 0, 1, 0, 32, 32, 0, 0, 1, 0, 32, 0, .. BitConverter.GetBytes(png.Length), 22, 0, 0, 0, .. png,
    ];

    /// <summary>Four by two pixels in grey, flat.</summary>
    private static byte[] Psd() =>
    [
        .. "8BPS"u8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 4, 0, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        9, 8, 7, 6, 5, 4, 3, 2,
    ];
}

public sealed class ImageInProcessTests : ImageSuite
{
    protected override int DamagedFiles => 10;

    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class ImageHttpTests : ImageSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
