using System.IO.Compression;
using System.Text;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>Builds the zip-based formats that the tests need, part by part.</summary>
internal static class ZipSample
{
    private const string Rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    internal static byte[] Of(params (string Name, string Content)[] parts)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return buffer.ToArray();
    }

    internal static byte[] Docx(string body, string? title = null) => Of(
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("_rels/.rels", Relationships(("rId1", "officeDocument", "word/document.xml"))),
        ("docProps/core.xml", $"<c xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{title}</dc:title></c>"),
        ("word/document.xml",
            $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"));

    internal static string Paragraph(string text, string? style = null) =>
        $"<w:p>{(style is null ? "" : $"<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>")}<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>";

    internal static byte[] Xlsx() => Of(
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml",
            $"<workbook xmlns:r=\"{Rel}\"><sheets><sheet name=\"Second\" sheetId=\"2\" r:id=\"rId2\"/><sheet name=\"First\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", Relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "/xl/worksheets/sheet2.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"), ("rId4", "styles", "styles.xml"))),
        ("xl/sharedStrings.xml", "<sst><si><t>Pears</t></si><si><r><t>Red </t></r><r><t>apples</t></r></si></sst>"),
        ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
        ("xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row><c t=\"s\"><v>1</v></c><c><f>6*7</f><v>42</v></c><c s=\"1\"><v>46000</v></c></row></sheetData></worksheet>"),
        ("xl/worksheets/sheet2.xml",
            "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>a &lt; b</t></is></c><c t=\"b\"><v>1</v></c></row></sheetData></worksheet>"));

    internal static byte[] Pptx() => Of(
        ("[Content_Types].xml", "<Types/>"),
        ("ppt/presentation.xml",
            $"<p:p xmlns:p=\"urn:p\" xmlns:r=\"{Rel}\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"rId2\"/><p:sldId id=\"257\" r:id=\"rId1\"/></p:sldIdLst></p:p>"),
        ("ppt/_rels/presentation.xml.rels", Relationships(("rId1", "slide", "slides/slide1.xml"), ("rId2", "slide", "slides/slide2.xml"))),
        ("ppt/slides/slide1.xml", Slide("title", "Closing words")),
        ("ppt/slides/slide2.xml", Slide("ctrTitle", "Opening words")),
        ("ppt/slides/_rels/slide1.xml.rels", Relationships(("rId1", "notesSlide", "../notesSlides/notesSlide1.xml"))),
        ("ppt/notesSlides/notesSlide1.xml", Slide("body", "Thank the canteen")));

    internal static byte[] OpenDocument(string kind, string body, string manifest = "") => Of(
        ("mimetype", $"application/vnd.oasis.opendocument.{kind}"),
        ("META-INF/manifest.xml", $"<manifest>{manifest}</manifest>"),
        ("meta.xml", "<meta xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Minutes</dc:title></meta>"),
        ("content.xml",
            $"<o:c xmlns:o=\"urn:o\" xmlns:text=\"urn:t\" xmlns:table=\"urn:b\"><o:automatic-styles>hidden</o:automatic-styles><o:body><o:text>{body}</o:text></o:body></o:c>"));

    internal static byte[] Epub() => Of(
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>"),
        ("OPS/book.opf",
            "<package xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><metadata><dc:title>The Canteen</dc:title><dc:creator>Ana Ruiz</dc:creator></metadata>"
            + "<manifest><item id=\"b\" href=\"two.xhtml\"/><item id=\"a\" href=\"one.xhtml\"/></manifest>"
            + "<spine><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>"),
        ("OPS/one.xhtml", "<html><head><title>One</title></head><body><p>First chapter</p><script>alert(1)</script></body></html>"),
        ("OPS/two.xhtml", "<html><body><p>Second chapter</p></body></html>"));

    private static string Slide(string kind, string text) =>
        $"<p:sld xmlns:p=\"urn:p\" xmlns:a=\"urn:a\"><p:sp><p:ph type=\"{kind}\"/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sp></p:sld>";

    private static string Relationships(params (string Id, string Type, string Target)[] relationships) =>
        "<Relationships>" + string.Concat(relationships.Select(r =>
            $"<Relationship Id=\"{r.Id}\" Type=\"{Rel}/{r.Type}\" Target=\"{r.Target}\"/>")) + "</Relationships>";
}
