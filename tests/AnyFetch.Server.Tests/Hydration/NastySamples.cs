using System.Formats.Tar;
using System.Text;
using AnyFetch.Hydraters.Tests.Samples;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>Whole files of the formats that need tools or a writer of their own to be made: what is cut and bit-flipped of them.</summary>
internal static class NastySamples
{
    private static readonly string[] s_pictures = ["jpg", "gif", "bmp", "tif", "webp", "heic", "avif"];
    private static readonly string[] s_office = ["doc", "dot", "xls", "ppt", "docm", "dotx", "ott", "xlsm", "ppsx"];

    /// <summary>Pictures as vips writes them, drawings, mails of Outlook, address books, archives of other kinds.</summary>
    internal static IEnumerable<(string Extension, byte[] Content)> Quick()
    {
        var picture = ImageSample.Png(60, 40);
        foreach (var extension in s_pictures)
        {
            yield return (extension, ImageSample.As("." + extension, picture));
        }

        yield return ("svg", Text("""<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><title>A</title><text y="20">b</text></svg>"""));
        yield return ("msg", Outlook());
        yield return ("vcf", Text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEMAIL:a@x.test\r\nEND:VCARD\r\n"));
        yield return ("ods", ZipSample.OpenDocument("spreadsheet", "<table:table table:name=\"A\"/>"));
        yield return ("odp", ZipSample.OpenDocument("presentation", "<text:p>words</text:p>"));
        yield return ("tar", ArchiveSample.Tar(TarEntryFormat.Ustar, ("a.txt", "inside")));
        yield return ("gz", ArchiveSample.Gzip(Text("inside")));
    }

    /// <summary>What LibreOffice writes, and has to read again.</summary>
    internal static IEnumerable<(string Extension, byte[] Content)> Slow()
    {
        foreach (var extension in s_office)
        {
            yield return (extension, OfficeSample.As(extension));
        }
    }

    private static byte[] Outlook()
    {
        const int SubjectId = 0x0037;
        const int BodyId = 0x1000;
        var mail = new CompoundSample();
        mail.AddText(SubjectId, "Parts");
        mail.AddText(BodyId, "A body.");
        mail.AddProperties(headerBytes: 32, parent: 0);
        return mail.ToBytes();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
