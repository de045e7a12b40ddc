using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Iptc;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §8, in process and over HTTP.</summary>
public abstract class IptcSuite : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly byte[] Exif = TagSample.Tiff(
        [TagSample.Ascii(0x010e, "A lake"), TagSample.Ascii(0x010f, "Canon"), TagSample.Ascii(0x0110, "Canon EOS 5D"), TagSample.Ascii(0x013b, "Bo")],
        [TagSample.Ascii(0x9003, "2009:06:07 08:10:12"), TagSample.Ascii(0x9011, "+02:00")],
        [TagSample.Ascii(1, "N"), TagSample.Degrees(2, 48, 51, 0), TagSample.Ascii(3, "W"), TagSample.Degrees(4, 2, 21, 0)]);

    protected abstract IHydraterRig Rig { get; }

    [Fact]
    public async Task By_line_caption_and_subjects_are_read()
    {
        var sent = await HydrateAsync(TagSample.Jpeg(
            TagSample.ExifSegment(Exif),
            TagSample.IimSegment(TagSample.Iim((2, 80, Utf8("Zoë Ünal")), (2, 120, Utf8("Boats <at> dusk")), (2, 25, Utf8("x")))),
            TagSample.XmpSegment(TagSample.Xmp(TagSample.Subjects("a", "b")))));
        Assert.Equal(
            """{"document_type":"image","metadata":{"author":"Zoë Ünal","description":"Boats &lt;at&gt; dusk","keywords":"a, b","camera":"Canon EOS 5D","geolocation":"48.85;-2.35"}}""",
            sent.ToJsonString(Readable));
    }

    [Fact]
    public async Task Other_sources_stand_in()
    {
        var xmp = TagSample.Xmp(
            "<dc:creator><rdf:Seq><rdf:li>Ana</rdf:li><rdf:li>Bo</rdf:li></rdf:Seq></dc:creator>"
            + "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">Dusk</rdf:li><rdf:li xml:lang=\"fr\">Soir</rdf:li></rdf:Alt></dc:description>");
        var sent = await HydrateAsync(TagSample.Jpeg(
            TagSample.XmpSegment(xmp), TagSample.IimSegment(TagSample.Iim((2, 25, Utf8("lake")), (2, 25, Utf8("boat"))))));
        Assert.Equal(
            """{"author":"Ana, Bo","description":"Dusk","keywords":"lake, boat"}""", sent["metadata"]!.ToJsonString(Readable));
        Assert.Equal(
            """{"author":"Bo","description":"A lake","camera":"Canon EOS 5D","geolocation":"48.85;-2.35"}""",
            (await HydrateAsync(TagSample.Jpeg(TagSample.ExifSegment(Exif))))["metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task The_charset_that_the_picture_names_is_believed_and_latin_1_stands_in()
    {
        async Task<string?> AuthorAsync(params (int, int, byte[])[] sets) =>
            (string?)(await HydrateAsync(TagSample.Jpeg(TagSample.IimSegment(TagSample.Iim(sets)))))["metadata"]!["author"];
        Assert.Equal("Zoë", await AuthorAsync((2, 80, Encoding.Latin1.GetBytes("Zoë"))));
        Assert.Equal("Łódź", await AuthorAsync((1, 90, [0x1b, 0x2d, 0x42]), (2, 80, [0xa3, 0xf3, 0x64, 0xbc])));
        Assert.Equal("Łódź", await AuthorAsync((1, 90, [0x1b, 0x25, 0x47]), (2, 80, Utf8("Łódź"))));
    }

    [Fact]
    public async Task A_photo_without_tags_has_its_type_only() =>
        Assert.Equal("""{"document_type":"image"}""", (await HydrateAsync(TagSample.Jpeg())).ToJsonString());

    [Fact]
    public async Task Every_format_has_its_place_for_tags()
    {
        var iim = TagSample.Iim((2, 80, Utf8("Ana")));
        (string Name, byte[] File)[] pictures =
        [
            ("/a.png", TagSample.Png("eXIf", TagSample.Tiff([TagSample.Ascii(0x013b, "Ana")]))),
            ("/b.png", TagSample.Png("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Utf8(TagSample.Xmp("<dc:creator><rdf:li>Ana</rdf:li></dc:creator>"))])),
            ("/a.webp", TagSample.Webp(("VP8X", new byte[9]), ("EXIF", TagSample.Tiff([TagSample.Ascii(0x013b, "Ana")])))),
            ("/a.tif", TagSample.Tiff([TagSample.Ascii(0x013b, "Ana")])),
            ("/b.tif", TagSample.Tiff([(0x83bb, 7, iim)])),
            ("/a.psd", TagSample.Psd(iim)),
        ];
        foreach (var (name, file) in pictures)
        {
            Assert.Equal("Ana", (string?)(await HydrateAsync(file, name))["metadata"]?["author"]);
        }
    }

    [Fact]
    public async Task The_day_of_the_exposure_dates_the_document_when_that_is_wanted()
    {
        var photo = TagSample.Jpeg(TagSample.ExifSegment(Exif));
        Assert.Null((await HydrateAsync(photo))["creation_date"]);
        var sent = await Rig.RunAsync(new IptcHydrater(new IptcHydraterOptions { DatesByExposure = true }), TaskDocument.File("/p.jpg"), photo);
        Assert.Equal("2009-06-07T06:10:12.000Z", (string?)sent!["creation_date"]);
    }

    [Fact]
    public async Task What_is_no_picture_or_not_there_is_a_permanent_error()
    {
        Assert.Equal("HydrationError: The file is not a picture.", Error(await HydrateAsync("hello"u8.ToArray())));
        Assert.Equal(
            "HydrationError: The document has no file.",
            Error((await Rig.RunAsync(new IptcHydrater(new IptcHydraterOptions()), TaskDocument.File("/p.jpg"), null))!));
    }

    [Fact]
    public async Task An_entity_of_the_packet_is_not_resolved()
    {
        var xmp = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + TagSample.Xmp("<dc:creator><rdf:li>&e;</rdf:li></dc:creator>")[60..];
        Assert.Equal("""{"document_type":"image"}""", (await HydrateAsync(TagSample.Jpeg(TagSample.XmpSegment(xmp)))).ToJsonString());
    }

    [Fact]
    public async Task Tags_that_claim_to_be_gigantic_or_to_lead_back_to_themselves_count_as_absent()
    {
        var circle = TagSample.Tiff([(0x8769, 4, [0, 0, 0, 8]), (0x8825, 4, [0, 0, 0, 8]), TagSample.Ascii(0x013b, "Ana")]);
        Assert.Equal("Ana", (string?)(await HydrateAsync(circle, "/a.tif"))["metadata"]!["author"]);
        byte[] gigantic = [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x3b, 0, 2, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 8, 0, 0, 0, 0];
        Assert.Equal("""{"document_type":"image"}""", (await HydrateAsync(gigantic, "/a.tif")).ToJsonString());
        var png = TagSample.Png("eXIf", []);
        png[8] = 0xff;
        Assert.Equal("""{"document_type":"image"}""", (await HydrateAsync(png, "/a.png")).ToJsonString());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private async Task<JsonNode> HydrateAsync(byte[] file, string path = "/p.jpg") =>
        (await Rig.RunAsync(new IptcHydrater(new IptcHydraterOptions()), TaskDocument.File(path), file))!;

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string? Error(JsonNode sent) => (string?)sent["hydration_error"];
}

public sealed class IptcInProcessTests : IptcSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();

    [Fact]
    public async Task Two_thousand_damaged_pictures_of_each_format_end_in_success()
    {
        var exif = TagSample.Tiff(
            [TagSample.Ascii(0x010e, "A lake")], [TagSample.Ascii(0x9003, "2009:06:07 08:10:12")], [TagSample.Degrees(2, 48, 51, 0)]);
        var iim = TagSample.Iim((1, 90, [0x1b, 0x2d, 0x42]), (2, 80, [65, 66]), (2, 25, [67]));
        (string Name, byte[] File)[] pictures =
        [
            ("/a.jpg", TagSample.Jpeg(TagSample.ExifSegment(exif), TagSample.IimSegment(iim), TagSample.XmpSegment(TagSample.Xmp(TagSample.Subjects("a"))))),
            ("/a.png", TagSample.Png("eXIf", exif)), ("/a.webp", TagSample.Webp(("EXIF", exif))), ("/a.tif", exif), ("/a.psd", TagSample.Psd(iim)),
        ];
        foreach (var (name, file) in pictures)
        {
            foreach (var damaged in Damage.Of(file, 2_000))
            {
                var sent = (await Rig.RunAsync(new IptcHydrater(new IptcHydraterOptions()), TaskDocument.File(name), damaged))!;
                Assert.True(
                    (string?)sent["document_type"] == "image" || (string?)sent["hydration_error"] == "HydrationError: The file is not a picture.",
                    $"{name} {Convert.ToHexString(damaged)} {sent.ToJsonString()}");
            }
        }
    }
}

public sealed class IptcHttpTests : IptcSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
