using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Plaintext;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §2, in process and over HTTP.</summary>
public abstract class PlaintextSuite : IAsyncLifetime
{
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    protected abstract IHydraterRig Rig { get; }

    [Fact]
    public async Task Rtf_gives_bold_html_and_escaped_text()
    {
        var sent = await HydrateAsync("/hi.rtf", Rtf(@"Hi {\b all}: 2 < 3\par"));
        Assert.Equal("Hi all: 2 &lt; 3", Text(sent));
        Assert.Contains("<b>all</b>", Html(sent), StringComparison.Ordinal);
        Assert.Equal("application/rtf", ContentType(sent));
        Assert.Equal("document", (string?)sent["document_type"]);
    }

    [Theory]
    [InlineData(@"caf\'e9 \u8364? na\u239\'efve", "café € naïve")]
    [InlineData(@"{\fonttbl{\f0\fcharset204 Arial;}}{\f0 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет")]
    [InlineData(@"a{\*\unknown hidden}b{\pict 0011}c{\field{\*\fldinst LINK}{\fldrslt shown}}", "abcshown")]
    [InlineData(@"one\par two\line three\tab four\emdash five", "one\ntwo\nthree\tfour—five")]
    [InlineData(@"a\bin5 {{{{{b", "ab")]
    [InlineData(@"\{braces\} back\\slash no\~break", "{braces} back\\slash no break")]
    public async Task Rtf_control_words_become_their_text(string rtf, string text) =>
        Assert.Equal(text, Text(await HydrateAsync("/x.rtf", Rtf(rtf))));

    [Fact]
    public async Task A_picture_gives_only_its_content_type()
    {
        var sent = await HydrateAsync("/photo.png", Png);
        Assert.Equal("""{"data":{"content_type":"image/png"}}""", sent.ToJsonString());
    }

    [Fact]
    public async Task More_text_than_fits_gives_nothing_and_no_error()
    {
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a b a b a b a b \n", 9 * 1024 * 1024 / 17)));
        Assert.Equal("{}", (await HydrateAsync("/long.txt", lines)).ToJsonString());
        var kept = await HydrateAsync("/long.txt", lines, new PlaintextHydraterOptions { KeepTruncatedText = true });
        Assert.True((bool)kept["data"]!["truncated"]!);
        Assert.Equal("document", (string?)kept["document_type"]);
        Assert.InRange(Text(kept)!.Length, 7_500_000, 8 << 20);
    }

    [Fact]
    public async Task Random_bytes_named_doc_are_a_permanent_error()
    {
        var bytes = new byte[5000];
        new Random(1).NextBytes(bytes);
        foreach (var name in new[] { "/x.doc", "/x.docx", "/x.pdf", "/x.odt" })
        {
            Assert.StartsWith("HydrationError: The file is damaged", Error(await HydrateAsync(name, bytes)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Latin_1_is_read_as_such()
    {
        var sent = await HydrateAsync("/x.txt", [(byte)'c', (byte)'a', (byte)'f', 0xe9]);
        Assert.Equal("café", Text(sent));
        Assert.Equal("text/plain; charset=windows-1252", ContentType(sent));
    }

    [Fact]
    public async Task Plain_text_keeps_its_lines_in_html_and_is_escaped()
    {
        var sent = await HydrateAsync("/x.cs", "if (a < b && c > d)\r\n    \"x\""u8.ToArray());
        Assert.Equal("if (a &lt; b && c &gt; d)\n\"x\"", Text(sent));
        Assert.Equal("<pre>if (a &lt; b &amp;&amp; c &gt; d)\n    &quot;x&quot;</pre>", Html(sent));
    }

    [Fact]
    public async Task Blank_text_is_a_document_without_text()
    {
        var sent = await HydrateAsync("/x.txt", " \n\t "u8.ToArray());
        Assert.Equal("""{"document_type":"document","data":{"content_type":"text/plain; charset=utf-8"}}""", sent.ToJsonString());
        Assert.Equal("document", (string?)(await HydrateAsync("/x.txt", []))["document_type"]);
    }

    [ToolFact("pdftotext")]
    public async Task Pdf_gives_text_pages_and_info()
    {
        var sent = await HydrateAsync("/q.pdf", PdfSample.WithTitle("Quote & 12", "Quote 12\nfor a < b", "Second page"));
        Assert.Equal("Quote 12\nfor a&lt;b\nSecond page".Replace(" ", "", StringComparison.Ordinal), Text(sent)!.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(2, (int)sent["metadata"]!["pages"]!);
        Assert.Equal("Quote & 12", (string?)sent["metadata"]!["title"]);
        Assert.Equal("Zoë", (string?)sent["metadata"]!["author"]);
        Assert.Equal("application/pdf", ContentType(sent));
    }

    [ToolFact("pdftotext")]
    public async Task A_scanned_pdf_is_a_document_without_text()
    {
        var sent = await HydrateAsync("/scan.pdf", PdfSample.WithoutText());
        Assert.Equal("document", (string?)sent["document_type"]);
        Assert.Null(Text(sent));
        Assert.Null(Html(sent));
    }

    [ToolFact("pdftotext")]
    public async Task A_pdf_behind_a_password_is_a_permanent_error_about_encryption() =>
        Assert.Contains("encryption", Error(await HydrateAsync("/x.pdf", PdfSample.Encrypted())), StringComparison.Ordinal);

    [ToolFact("pdftotext")]
    public async Task A_pdf_that_may_not_be_copied_gives_its_text() =>
        Assert.Equal("Quote 12", (string?)(await HydrateAsync("/x.pdf", ProtectedPdfSample.Of("Quote 12")))["metadata"]!["text"]);

    [ToolFact("pdftotext")]
    public async Task A_broken_pdf_is_a_permanent_error() => Assert.StartsWith(
        "HydrationError:", Error(await HydrateAsync("/x.pdf", "%PDF-1.4\nnothing here"u8.ToArray())), StringComparison.Ordinal);

    [Fact]
    public async Task An_empty_docx_is_a_document_without_text()
    {
        var sent = await HydrateAsync("/x.docx", ZipSample.Docx("<w:p/>"));
        Assert.Equal("document", (string?)sent["document_type"]);
        Assert.Null(Text(sent));
    }

    [Fact]
    public async Task Docx_gives_headings_tables_and_bold()
    {
        var body = ZipSample.Paragraph("The plan", "Heading1")
            + "<w:p><w:pPr><w:tabs><w:tab w:pos=\"1\"/></w:tabs></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r><w:r><w:t xml:space=\"preserve\"> &amp; plain</w:t><w:br/><w:t>line</w:t></w:r></w:p>"
            + "<w:tbl><w:tr><w:tc>" + ZipSample.Paragraph("a") + "</w:tc><w:tc>" + ZipSample.Paragraph("b") + "</w:tc></w:tr></w:tbl>"
            + "<w:p><w:r><w:instrText>HYPERLINK</w:instrText><w:delText>gone</w:delText><w:t>end</w:t></w:r></w:p>";
        var sent = await HydrateAsync("/plan.docx", ZipSample.Docx(body, "Plan 2026"));
        Assert.Equal("The plan\nBold & plain\nline\na\nb\nend", Text(sent));
        Assert.Contains("<h1>The plan</h1>", Html(sent), StringComparison.Ordinal);
        Assert.Contains("<b>Bold</b> &amp; plain<br>line", Html(sent), StringComparison.Ordinal);
        Assert.Contains("<td><p>a</p>", Html(sent), StringComparison.Ordinal);
        Assert.Equal("Plan 2026", (string?)sent["metadata"]!["title"]);
    }

    [Fact]
    public async Task A_title_that_is_set_is_not_overwritten()
    {
        var document = TaskDocument.File("/plan.docx");
        document["metadata"]!["title"] = "Mine";
        var sent = await HydrateAsync(document, ZipSample.Docx(ZipSample.Paragraph("x"), "Theirs"));
        Assert.Equal("""{"text":"x"}""", sent["metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task Xlsx_gives_sheets_in_order_with_values_and_dates()
    {
        var sent = await HydrateAsync("/x.xlsx", ZipSample.Xlsx());
        Assert.Equal("Second\nPears a &lt; b TRUE\nFirst\nRed apples 42 2025-12-09", Text(sent));
    }

    [Fact]
    public async Task Pptx_gives_slides_in_order_with_notes()
    {
        var sent = await HydrateAsync("/x.pptx", ZipSample.Pptx());
        Assert.Equal("Opening words\nClosing words\nThank the canteen", Text(sent));
        Assert.Contains("<h2>Opening words</h2>", Html(sent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenDocument_gives_headings_paragraphs_and_tables()
    {
        var sent = await HydrateAsync("/x.odt", ZipSample.OpenDocument("text",
            "<text:h text:outline-level=\"2\">Réunion</text:h><text:p>a<text:s/>b <text:span>c</text:span></text:p>"
            + "<table:table table:name=\"T\"><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table>"));
        Assert.Equal("Réunion\na b c\nT\n1", Text(sent));
        Assert.Contains("<h2>Réunion</h2>", Html(sent), StringComparison.Ordinal);
        Assert.Equal("Minutes", (string?)sent["metadata"]!["title"]);
    }

    [Fact]
    public async Task Encrypted_office_documents_are_errors_about_encryption()
    {
        var odt = ZipSample.OpenDocument("text", "x", "<file-entry><encryption-data/></file-entry>");
        Assert.Contains("encryption", Error(await HydrateAsync("/x.odt", odt)), StringComparison.Ordinal);
        Assert.Contains("encryption", Error(await HydrateAsync("/x.docx", OleSample.With("EncryptedPackage"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Epub_gives_chapters_in_reading_order_without_scripts()
    {
        var sent = await HydrateAsync("/b.epub", ZipSample.Epub());
        Assert.Equal("First chapter\nSecond chapter", Text(sent));
        Assert.DoesNotContain("script", Html(sent), StringComparison.Ordinal);
        Assert.Equal("The Canteen", (string?)sent["metadata"]!["title"]);
        Assert.Equal("Ana Ruiz", (string?)sent["metadata"]!["author"]);
    }

    [Fact]
    public async Task Html_is_sanitised_and_its_charset_believed()
    {
        var page = Encoding.Latin1.GetBytes(
            "<html><head><meta charset=iso-8859-1><title>Menu</title></head><body onload=x()><h1>Café</h1><script>bad()</script><p>a &lt; b</p></body></html>");
        var sent = await HydrateAsync("/x.html", page);
        Assert.Equal("Café\na &lt; b", Text(sent));
        Assert.Equal("<h1>Café</h1><p>a &lt; b</p>", Html(sent));
        Assert.Equal("Menu", (string?)sent["metadata"]!["title"]);
        Assert.Equal("text/html; charset=windows-1252", ContentType(sent));
    }

    [Fact]
    public async Task Csv_becomes_a_table()
    {
        var sent = await HydrateAsync("/x.csv", "name;price\r\n\"Pear; \"\"green\"\"\";2\n"u8.ToArray());
        Assert.Equal("name price\nPear; \"green\" 2", Text(sent));
        Assert.Contains("<td>2</td>", Html(sent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Xml_gives_its_text_and_resolves_nothing()
    {
        var sent = await HydrateAsync("/x.xml", "<?xml version=\"1.0\"?><a><b>one</b><b>two &amp; three</b></a>"u8.ToArray());
        Assert.Equal("one\ntwo & three", Text(sent));
        var hostile = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x; here</a>"u8.ToArray();
        Assert.Equal("&x; here", (string?)(await HydrateAsync("/x.xml", hostile))["metadata"]!["text"]);
    }

    [Fact]
    public async Task A_document_type_declaration_in_an_office_part_is_an_error()
    {
        var bomb = ZipSample.Of(
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\">]><a><p><t>&b;</t></p></a>"));
        Assert.StartsWith("HydrationError: The file is damaged", Error(await HydrateAsync("/x.docx", bomb)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_bomb_is_a_permanent_error()
    {
        var bomb = ZipSample.Of(
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", $"<a>{new string(' ', 30_000_000)}</a>"));
        Assert.Contains("expands", Error(await HydrateAsync("/x.docx", bomb)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nesting_without_end_is_a_permanent_error()
    {
        var deep = string.Concat(Enumerable.Repeat("<w:tbl>", 2_000));
        Assert.Contains("nests", Error(await HydrateAsync("/x.docx", ZipSample.Docx(deep))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archives_and_programs_give_only_their_content_type()
    {
        var sent = await HydrateAsync("/x.zip", ZipSample.Of(("a.txt", "hello")));
        Assert.Equal("""{"data":{"content_type":"application/zip"}}""", sent.ToJsonString());
    }

    [Fact]
    public async Task Damaged_files_end_in_success_or_a_permanent_error()
    {
        byte[][] samples =
        [
            ZipSample.Docx(ZipSample.Paragraph("Hello")), ZipSample.Xlsx(), ZipSample.Pptx(), ZipSample.Epub(),
            ZipSample.OpenDocument("text", "<text:p>x</text:p>"), Rtf(@"Hi \b there {\u8364?}"), PdfSample.Of("Hello"),
        ];
        string[] names = ["/x.docx", "/x.xlsx", "/x.pptx", "/x.epub", "/x.odt", "/x.rtf", "/x.pdf"];
        var random = new Random(7);
        for (var i = 0; i < samples.Length * 10; i++)
        {
            var sample = samples[i % samples.Length].ToArray();
            var damaged = i % 2 == 0 ? sample[..random.Next(sample.Length)] : sample;
            for (var flip = 0; flip < 5 && damaged.Length > 0; flip++)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            var sent = await HydrateAsync(names[i % names.Length], damaged);
            Assert.True(
                Error(sent) is null || Error(sent)!.StartsWith("HydrationError: ", StringComparison.Ordinal), sent.ToJsonString());
        }

        Assert.Empty(Directory.GetFileSystemEntries(Rig.TempRoot));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private Task<JsonNode> HydrateAsync(string path, byte[] file, PlaintextHydraterOptions? options = null) =>
        HydrateAsync(TaskDocument.File(path), file, options);

    private async Task<JsonNode> HydrateAsync(JsonObject document, byte[] file, PlaintextHydraterOptions? options = null) =>
        (await Rig.RunAsync(new PlaintextHydrater(options ?? new PlaintextHydraterOptions()), document, file))!;

    private static byte[] Rtf(string body) => Encoding.Latin1.GetBytes(@"{\rtf1\ansi\ansicpg1252\deff0 " + body + "}");

    private static string? Text(JsonNode sent) => (string?)sent["metadata"]?["text"];

    private static string? Html(JsonNode sent) => (string?)sent["data"]?["html"];

    private static string? ContentType(JsonNode sent) => (string?)sent["data"]?["content_type"];

    private static string? Error(JsonNode sent) => (string?)sent["hydration_error"];
}

public sealed class PlaintextInProcessTests : PlaintextSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class PlaintextHttpTests : PlaintextSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
