using AnyFetch.Core.Companies;
using AnyFetch.Core.Hydraters;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>Which hydraters a file meets, in which order, and what they make of it, on a real server with the real tools.</summary>
public sealed class StackTests(HydrationFixture fixture) : HydrationTest(fixture)
{
    private const string Words = "Order 66 shipped\nfrom the northern harbour";

    [ToolFact("pdftoppm", "tesseract")]
    public async Task Hydrater_check_3_a_PDF_with_text_needs_no_recognition()
    {
        await EnableAsync("pdfocr");
        await UploadAsync("a.pdf", PdfSample.Of("Quotation 12 for the quixotic lathe"));
        var document = await HydratedAsync("a.pdf", "deduplicator");
        Assert.Equal(["plaintext", "pdf", "deduplicator"], Names(document));
        Assert.Equal("document", document.DocumentType!.Name);
        Assert.Contains("<img", document.Data!.Value.GetProperty("html").GetString(), StringComparison.Ordinal);
        await FoundAsync("quixotic", "a.pdf");
    }

    [ToolFact("vips", "pdftoppm", "tesseract")]
    public async Task Hydrater_check_4_a_scanned_PDF_is_recognised()
    {
        await EnableAsync("pdfocr");
        await UploadAsync("scan.pdf", PdfSample.OfPictures(Jpeg()));
        var document = await HydratedAsync("scan.pdf", "deduplicator");
        Assert.Equal("plaintext", Names(document).First());
        Assert.Equal(["pdf", "pdfocr"], Names(document).Skip(1).Take(2).Order());
        Assert.Equal("deduplicator", Names(document).Last());
        Assert.Equal(Words, document.Metadata!.Value.GetProperty("text").GetString());
        await FoundAsync("harbour", "scan.pdf");
    }

    [ToolFact("vips", "tesseract")]
    public async Task Hydrater_check_6_a_picture_goes_to_image_iptc_and_ocr()
    {
        await UploadAsync("p.jpg", Jpeg(TagSample.XmpSegment(TagSample.Xmp(TagSample.Subjects("zymurgy")))));
        var picture = await HydratedAsync("p.jpg", "deduplicator");
        Assert.Equal(["image", "iptc", "ocr"], Names(picture).Take(3).Order());
        Assert.Equal(["deduplicator"], Names(picture).Skip(3));
        Assert.Equal("image", picture.DocumentType!.Name);
        var metadata = picture.Metadata!.Value;
        Assert.StartsWith("data:image/png;base64,", metadata.GetProperty("thumb").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("data:image/jpeg;base64,", picture.Data!.Value.GetProperty("display").GetString(), StringComparison.Ordinal);
        Assert.Equal("zymurgy", metadata.GetProperty("keywords").GetString());
        Assert.Equal(Words, metadata.GetProperty("text").GetString());
        await FoundAsync("harbour", "p.jpg");
    }

    [ToolFact("vips", "tesseract")]
    public async Task Hydrater_check_10_a_picture_without_extension_is_told_by_its_content()
    {
        await UploadAsync("DSC0001", Jpeg());
        var picture = await HydratedAsync("DSC0001", "image");
        Assert.Equal("plaintext", Names(picture).First());
        Assert.Equal(["image", "iptc", "ocr"], Names(picture).Skip(1).Take(3).Order());
        Assert.Equal("image", picture.DocumentType!.Name);
    }

    private static byte[] Jpeg(params (byte, byte[])[] segments) =>
        ImageSample.WithSegments(ImageSample.As(".jpg[Q=90]", ImageSample.Text(Words)), segments);

    private async Task EnableAsync(string shortName)
    {
        var companies = Server.Get<ICompanyStore>();
        var company = (await companies.FindAsync(Admin.Company, default))!;
        var url = (await Server.Get<HydraterCatalog>().GetAsync(default)).All.Single(h => h.ShortName == shortName && h.Owner is null).Url;
        Assert.DoesNotContain(url, company.Hydraters);
        await companies.UpdateAsync(company with { Hydraters = [.. company.Hydraters, url] }, default);
    }
}
