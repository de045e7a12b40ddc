using System.Formats.Tar;
using System.Text;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>Files as attackers, broken disks and broken programs make them. The same ones each time.</summary>
internal static class NastyFiles
{
    private const int Seed = 20_261_121;

    /// <summary>Each sample cut at so many places and with bits turned in so many ways, then all that is nasty by itself.</summary>
    internal static IEnumerable<(string Name, byte[] Content)> All(int cuts, int flips, bool withSlow)
    {
        foreach (var (extension, sample) in Samples().Concat(NastySamples.Quick()).Concat(withSlow ? NastySamples.Slow() : []))
        {
            yield return ($"whole.{extension}", sample);
            yield return ($"empty.{extension}", []);
            for (var cut = 1; cut <= cuts; cut++)
            {
                yield return ($"cut-{cut}.{extension}", sample[..(sample.Length * cut / (cuts + 1))]);
            }

            var random = new Random(Seed);
            for (var flip = 0; flip < flips; flip++)
            {
                yield return ($"flipped-{flip}.{extension}", Flip(sample, random));
            }
        }

        foreach (var file in Bombs().Concat(Disguises()))
        {
            yield return file;
        }

        if (withSlow)
        {
            yield return ("huge.txt", Text(string.Concat(Enumerable.Repeat("Some words of a huge file.\n", 10_000_000))));
        }
    }

    private static IEnumerable<(string Extension, byte[] Content)> Samples()
    {
        yield return ("txt", Text("Some words, and a few more.\n"));
        yield return ("csv", Text("name,amount\nAda,12\n\"B, o\",13\n"));
        yield return ("html", Text("<html><head><title>T</title></head><body><h1>A</h1><p>b <b>c</b></p><table><tr><td>d</td></tr></table></body></html>"));
        yield return ("xml", Text("<?xml version=\"1.0\"?><a><b c=\"d\">e</b></a>"));
        yield return ("json", Text("""{"a":[1,2,{"b":"c"}]}"""));
        yield return ("md", Text("# A\n\nb *c* [d](https://e.test)\n\n- f\n- g\n\n| h | i |\n|---|---|\n| j | k |\n"));
        yield return ("rtf", Text(@"{\rtf1\ansi{\fonttbl\f0 Times;}\f0 Hi {\b all}: caf\'e9 \u8364?\par}"));
        yield return ("docx", ZipSample.Docx(ZipSample.Paragraph("Words in a paragraph"), "Title"));
        yield return ("xlsx", ZipSample.Xlsx());
        yield return ("pptx", ZipSample.Pptx());
        yield return ("odt", ZipSample.OpenDocument("text", "<text:p>words</text:p>"));
        yield return ("epub", ZipSample.Epub());
        yield return ("pdf", PdfSample.WithTitle("Title", "Page one", "Page two"));
        yield return ("eml", Mail(2));
        yield return ("mbox", [.. "From a@x.test Tue Mar  3 10:20:30 2026\n"u8, .. Mail(0), .. "\nFrom b@x.test Tue Mar  3 10:20:31 2026\n"u8, .. Mail(0)]);
        yield return ("ics", Text(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260303T100000Z\r\nSUMMARY:Tea\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"));
        yield return ("zip", ArchiveSample.Zip(("a.txt", Text("inside")), ("b/c.html", Text("<p>inside</p>"))));
        yield return ("tar.gz", ArchiveSample.Gzip(ArchiveSample.Tar(TarEntryFormat.Pax, ("a.txt", "inside"))));
        yield return ("png", ImageSample.Png(40, 30));
        yield return ("enex", EnexSample.Export(EnexSample.Note(
            "Tea", "<b>words</b>", more: EnexSample.Resource(Text("<p>inside</p>"), "text/html", "a.html"))));
    }

    private static IEnumerable<(string Name, byte[] Content)> Bombs()
    {
        yield return ("bomb.zip", ArchiveSample.ZipBomb(30_000_000));
        yield return ("bomb.docx", ArchiveSample.ZipBomb(30_000_000));
        yield return ("bomb.gz", ArchiveSample.Gzip(new byte[30_000_000]));
        yield return ("nested.zip", Nested(12));
        yield return ("links.tar", ArchiveSample.TarWithLinks());
        yield return ("laughs.xml", Text(
            "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\">" + string.Concat(Enumerable.Range(0, 20).Select(n =>
                $"<!ENTITY b{n} \"{string.Concat(Enumerable.Repeat(n == 0 ? "&a;" : $"&b{n - 1};", 10))}\">")) + "]><a>&b19;</a>"));
        yield return ("outside.docx", ZipSample.Of(
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")));
        yield return ("laughs.enex", Text(
            "<!DOCTYPE en-export [<!ENTITY a \"aaaaaaaaaa\">" + string.Concat(Enumerable.Range(0, 20).Select(n =>
                $"<!ENTITY b{n} \"{string.Concat(Enumerable.Repeat(n == 0 ? "&a;" : $"&b{n - 1};", 10))}\">"))
            + "]><en-export><note><title>&b19;</title></note></en-export>"));
        yield return ("outside.enex", Text(
            "<!DOCTYPE en-export [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><en-export><note><title>&x;</title></note></en-export>"));
        yield return ("deep.enex", Text("<en-export><note><content>" + string.Concat(Enumerable.Repeat("<a>", 200_000))));
        yield return ("deep-note.enex", EnexSample.Export(EnexSample.Note(
            "Deep", string.Concat(Enumerable.Repeat("<div>", 50_000)) + "bottom" + string.Concat(Enumerable.Repeat("</div>", 50_000)))));
        yield return ("deep.html", Text(string.Concat(Enumerable.Repeat("<div>", 200_000)) + "bottom"));
        yield return ("tables.html", Text(string.Concat(Enumerable.Repeat("<table><tr><td>", 50_000))));
        yield return ("formats.html", Text(string.Concat(Enumerable.Repeat("<b><p><i>", 20_000))));
        yield return ("deep.xml", Text(string.Concat(Enumerable.Repeat("<a>", 200_000))));
        yield return ("deep.json", Text(new string('[', 1_000_000)));
        yield return ("deep.rtf", Text(@"{\rtf1 " + new string('{', 300_000) + "bottom"));
        yield return ("deep.md", Text(new string('>', 100_000) + " bottom"));
        yield return ("brackets.md", Text(new string('[', 60_000)));
        yield return ("stars.md", Text(string.Concat(Enumerable.Repeat("**a _b ", 20_000))));
        yield return ("deep.eml", Text(string.Concat(Enumerable.Range(0, 1_000).Select(n =>
            $"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")) + "bottom"));
        yield return ("quotes.eml", Text("From: a@x.test\n\n" + string.Concat(Enumerable.Repeat(new string('>', 500) + " word\n", 2_000))));
        yield return ("header.eml", Text("Subject: " + new string('(', 200_000) + "\nFrom: " + new string('<', 200_000) + "\n\nbody"));
        yield return ("line.ics", Text("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:" + new string('x', 3_000_000)));
        yield return ("rules.ics", Text(
            "BEGIN:VCALENDAR\r\n" + string.Concat(Enumerable.Repeat("BEGIN:VEVENT\r\n", 100_000)) + "RRULE:FREQ=SECONDLY;COUNT=99999999\r\n"));
        yield return ("gigantic.png", ImageSample.PngOf(60_000, 60_000, new byte[1_000]));
        yield return ("encrypted.pdf", PdfSample.Encrypted());
        yield return ("encrypted.docx", OleSample.With("EncryptedPackage"));
        yield return ("encrypted.zip", ArchiveSample.Encrypt(ArchiveSample.Zip(("a.txt", Text("inside"))), 0));
        yield return ("script.svg", Text(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\" onload=\"a()\"><script>a()</script>"
            + "<image href=\"file:///etc/passwd\"/><image href=\"http://127.0.0.1:1/a.png\"/></svg>"));
        yield return ("drawing.svg", Text(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">" + string.Concat(Enumerable.Repeat("<g>", 100_000))));
        yield return ("large.html", Text("<p>" + string.Concat(Enumerable.Repeat("<b>word</b> word\n", 200_000)) + "</p>"));
        yield return ("line.txt", Text(new string('x', 12_000_000)));
        yield return ("fan-out.eml", Mail(200));
    }

    private static IEnumerable<(string Name, byte[] Content)> Disguises()
    {
        var noise = new byte[20_000];
        new Random(Seed).NextBytes(noise);
        foreach (var extension in new[] { "doc", "docx", "pdf", "eml", "ics", "zip", "jpg", "html", "txt", "tar.gz", "heic", "svg" })
        {
            yield return ($"noise.{extension}", noise);
        }

        yield return ("picture.docx", ImageSample.Png(10, 10));
        yield return ("page.pdf", Text("<html><body>not a PDF</body></html>"));
        yield return ("document.txt", ZipSample.Docx(ZipSample.Paragraph("in disguise")));
        yield return ("program.jpg", [0x7f, .. "ELF"u8, .. noise]);
        yield return ("charset.html", Text("<meta charset=utf-16><p>caf\u00e9</p>"));
        yield return ("charset.txt", [0xff, 0xfe, 0x41, 0xd8, 0x42, 0x00, 0x80]);
        yield return ("charset.eml", Text("Subject: =?nonsense?B?####?=\nContent-Type: text/plain; charset=klingon\n\n\u00e9\u00e8"));
        yield return ("controls.txt", [.. Enumerable.Range(0, 256).Select(n => (byte)n)]);
    }

    private static byte[] Nested(int levels) =>
        levels == 0 ? ArchiveSample.Zip(("bottom.txt", Text("bottom"))) : ArchiveSample.Zip(($"{levels}.zip", Nested(levels - 1)));

    private static byte[] Mail(int attachments)
    {
        var mail = new StringBuilder("From: a@x.test\r\nTo: b@x.test\r\nSubject: Parts\r\nContent-Type: multipart/mixed; boundary=part\r\n\r\n");
        mail.Append("--part\r\n\r\nA body.\r\n");
        for (var n = 0; n < attachments; n++)
        {
            mail.Append("--part\r\nContent-Disposition: attachment; filename=part").Append(n).Append(".txt\r\n\r\nwords ").Append(n).Append("\r\n");
        }

        return Text(mail.Append("--part--\r\n").ToString());
    }

    private static byte[] Flip(byte[] sample, Random random)
    {
        var flipped = sample.ToArray();
        for (var n = 0; n < 5; n++)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
