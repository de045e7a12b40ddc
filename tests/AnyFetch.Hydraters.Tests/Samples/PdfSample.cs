using System.Globalization;
using System.Text;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>Writes small PDF files: one page for each text, optionally without any text, or behind a password.</summary>
internal static class PdfSample
{
    internal static byte[] Of(params string[] pages) => Write(pages, title: null, isEncrypted: false);

    internal static byte[] WithTitle(string title, params string[] pages) => Write(pages, title, isEncrypted: false);

    internal static byte[] Encrypted() => Write(["Secret"], title: null, isEncrypted: true);

    /// <summary>A page that holds a drawn box only, as a scanner's page holds a picture only.</summary>
    internal static byte[] WithoutText() => Write([""], title: null, isEncrypted: false);

    /// <summary>A scan: each page a picture, a JPEG of 1200 by 300 pixels, on a page of that shape; null is a page that cannot be read.</summary>
    internal static byte[] OfPictures(params byte[]?[] jpegs)
    {
        var objects = new List<string> { "<< /Type /Catalog /Pages 2 0 R >>", "" };
        var kids = new StringBuilder();
        foreach (var jpeg in jpegs)
        {
            var picture = Encoding.Latin1.GetString(jpeg ?? []);
            const string Content = "576 0 0 144 0 0 cm /I Do";
            objects.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /XObject /Subtype /Image /Width 1200 /Height 300 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length {picture.Length} >>\nstream\n{picture}\nendstream"));
            objects.Add(string.Create(CultureInfo.InvariantCulture, $"<< /Length {Content.Length} >>\nstream\n{Content}\nendstream"));
            objects.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 576 144] /Contents {objects.Count} 0 R /Resources << /XObject << /I {objects.Count - 1} 0 R >> >> >>"));
            kids.Append(CultureInfo.InvariantCulture, $"{objects.Count} 0 R ");
        }

        objects[1] = $"<< /Type /Pages /Kids [{kids}] /Count {jpegs.Length} >>";
        objects.Add("<< >>");
        return Assemble(objects, objects.Count, "");
    }

    private static byte[] Write(string[] pages, string? title, bool isEncrypted)
    {
        var objects = new List<string> { "<< /Type /Catalog /Pages 2 0 R >>", "" };
        objects.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        var kids = new StringBuilder();
        foreach (var page in pages)
        {
            var content = page.Length == 0 ? "0 0 100 100 re f" : $"BT /F1 12 Tf 50 780 Td 16 TL {Lines(page)} ET";
            objects.Add(string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} >>\nstream\n{content}\nendstream"));
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {objects.Count} 0 R /Resources << /Font << /F1 3 0 R >> >> >>");
            kids.Append(CultureInfo.InvariantCulture, $"{objects.Count} 0 R ");
        }

        objects[1] = $"<< /Type /Pages /Kids [{kids}] /Count {pages.Length} >>";
        objects.Add($"<< /Title ({title}) /Author (Zo\u00eb) >>");
        var info = objects.Count;
        if (isEncrypted)
        {
            // Keys that no password opens: readers ask for one, which is all that matters here.
            var key = new string('A', 64);
            objects.Add($"<< /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -44 >>");
        }

        return Assemble(objects, info, isEncrypted ? $" /Encrypt {objects.Count} 0 R /ID [<00><00>]" : "");
    }

    private static string Lines(string page) =>
        string.Join(' ', page.Split('\n').Select(line => $"({line.Replace("(", "\\(").Replace(")", "\\)")}) Tj T*"));

    internal static byte[] Assemble(List<string> objects, int info, string trailer)
    {
        var output = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(output.Length);
            output.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var start = output.Length;
        output.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            output.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        output.Append(CultureInfo.InvariantCulture,
            $"trailer << /Size {objects.Count + 1} /Root 1 0 R /Info {info} 0 R{trailer} >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(output.ToString());
    }
}
