using System.Text;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Archives;
using AnyFetch.Hydrater.Sniffing;
using AnyFetch.Hydraters.Tests.Samples;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Library;

public sealed class SniffingTests
{
    [Theory]
    [InlineData("89504e470d0a1a0a0000000d", "a.txt", "image/png")]
    [InlineData("ffd8ffe000104a46", "noextension", "image/jpeg")]
    [InlineData("25504446 2d312e37", "a", "application/pdf")]
    [InlineData("7b5c72746631", "a.doc", "application/rtf")]
    [InlineData("1f8b0800", "a.gz", "application/gzip")]
    [InlineData("68656c6c6f", "a.md", "text/markdown")]
    [InlineData("68656c6c6f", "a.PDF", "text/plain")]
    [InlineData("0001020304", "a.txt", "application/octet-stream")]
    [InlineData("3c21444f43545950452068746d6c3e", "page", "text/html")]
    [InlineData("3c3f786d6c2076657273696f6e3d22312e30223f3e3c7376673e", "a.xml", "image/svg+xml")]
    [InlineData("fffe680069000a00", "a.txt", "text/plain")]
    public void Content_wins_over_the_name(string hex, string name, string expected)
    {
        using var folder = new TempDirectory();
        File.WriteAllBytes(folder.File("x"), Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(expected, ContentSniffer.Sniff(folder.File("x"), name).ContentType);
    }

    [Fact]
    public void Zip_formats_are_told_apart()
    {
        using var folder = new TempDirectory();
        Assert.EndsWith("wordprocessingml.document", TypeOf(folder, ZipSample.Docx(""), "x"), StringComparison.Ordinal);
        Assert.EndsWith("wordprocessingml.template", TypeOf(folder, ZipSample.Docx(""), "x.dotx"), StringComparison.Ordinal);
        Assert.EndsWith("spreadsheetml.sheet", TypeOf(folder, ZipSample.Xlsx(), "x.docx"), StringComparison.Ordinal);
        Assert.EndsWith("presentationml.presentation", TypeOf(folder, ZipSample.Pptx(), "x"), StringComparison.Ordinal);
        Assert.Equal("application/vnd.oasis.opendocument.text", TypeOf(folder, ZipSample.OpenDocument("text", ""), "x"));
        Assert.Equal("application/epub+zip", TypeOf(folder, ZipSample.Epub(), "x"));
        Assert.Equal("application/zip", TypeOf(folder, ZipSample.Of(("a.txt", "hello")), "x.docx"));
        Assert.Equal("application/zip", TypeOf(folder, [.. "PK\u0003\u0004"u8, 1, 2, 3], "x.zip"));
    }

    [Fact]
    public void An_archive_may_not_expand_without_bounds()
    {
        using var folder = new TempDirectory();
        File.WriteAllBytes(folder.File("bomb"), ZipSample.Of(("a", new string('x', 5_000_000))));
        using var archive = BoundedZip.Open(folder.File("bomb"));
        using var stream = archive.OpenEntry("a")!;
        var error = Assert.Throws<HydrationException>(() => stream.CopyTo(Stream.Null));
        Assert.Contains("expands", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_may_not_have_entries_without_bounds()
    {
        using var folder = new TempDirectory();
        File.WriteAllBytes(folder.File("many"), ZipSample.Of([.. Enumerable.Range(0, 30).Select(i => ($"e{i}", ""))]));
        Assert.Throws<HydrationException>(
            () => BoundedZip.Open(folder.File("many"), new ArchiveLimits { EntriesMax = 20 }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_archive_that_says_less_than_it_has_is_not_believed(bool isLarge)
    {
        using var folder = new TempDirectory();
        var zip = ZipSample.Of([.. Enumerable.Range(0, 30).Select(i => ($"e{i}", ""))]);
        File.WriteAllBytes(folder.File("lies"), WithEnd(zip, entries: 1, isLarge));
        Assert.Throws<HydrationException>(() => BoundedZip.Open(folder.File("lies"), new ArchiveLimits { EntriesMax = 5 }));
    }

    [Fact]
    public void An_archive_of_the_larger_format_is_opened()
    {
        using var folder = new TempDirectory();
        var zip = ZipSample.Of([.. Enumerable.Range(0, 30).Select(i => ($"e{i}", ""))]);
        File.WriteAllBytes(folder.File("large"), WithEnd(zip, entries: ushort.MaxValue, isLarge: true));
        using var archive = BoundedZip.Open(folder.File("large"), new ArchiveLimits { EntriesMax = 30 });
        Assert.Equal(30, archive.Entries.Count);
    }

    /// <summary>The archive with another end: so many entries are said to be there, and the larger format's records tell the truth.</summary>
    private static byte[] WithEnd(byte[] zip, ushort entries, bool isLarge)
    {
        const int EndBytes = 22;
        var end = zip[^EndBytes..];
        var (count, size, start) = (BitConverter.ToUInt16(end, 10), BitConverter.ToUInt32(end, 12), BitConverter.ToUInt32(end, 16));
        BitConverter.TryWriteBytes(end.AsSpan(8), entries);
        BitConverter.TryWriteBytes(end.AsSpan(10), entries);
        BitConverter.TryWriteBytes(end.AsSpan(12), 50u);
        if (!isLarge)
        {
            return [.. zip[..^EndBytes], .. end];
        }

        BitConverter.TryWriteBytes(end.AsSpan(16), uint.MaxValue);
        byte[] record =
        [
            .. "PK\u0006\u0006"u8, .. BitConverter.GetBytes(44L), 45, 0, 45, 0, .. new byte[8], .. BitConverter.GetBytes((long)count),
            .. BitConverter.GetBytes((long)count), .. BitConverter.GetBytes((long)size), .. BitConverter.GetBytes((long)start),
        ];
        byte[] locator = [.. "PK\u0006\u0007"u8, .. new byte[4], .. BitConverter.GetBytes((long)(zip.Length - EndBytes)), 1, 0, 0, 0];
        return [.. zip[..^EndBytes], .. record, .. locator, .. end];
    }

    private static string TypeOf(TempDirectory folder, byte[] content, string name)
    {
        var path = folder.File(Guid.NewGuid().ToString());
        File.WriteAllBytes(path, content);
        return ContentSniffer.Sniff(path, name).ContentType;
    }
}
