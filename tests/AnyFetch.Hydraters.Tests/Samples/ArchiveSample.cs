using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>Writes archives as other programs would: tar by the runtime's writer, zip with what its writer does not offer.</summary>
internal static class ArchiveSample
{
    private const int DosCodePage = 437;

    internal static byte[] Tar(TarEntryFormat format, params (string Name, string Content)[] files)
    {
        using var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, format, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(Entry(format, TarEntryType.RegularFile, name, content));
            }
        }

        return buffer.ToArray();
    }

    /// <summary>A folder, a link out of the archive, a hard link, a pipe, and one file.</summary>
    internal static byte[] TarWithLinks()
    {
        using var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "d/"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "passwords") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, "again") { LinkName = "d/a.txt" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Fifo, "pipe"));
            tar.WriteEntry(Entry(TarEntryFormat.Pax, TarEntryType.RegularFile, "d/a.txt", "pears"));
        }

        return buffer.ToArray();
    }

    internal static byte[] Gzip(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return buffer.ToArray();
    }

    /// <summary>A zip archive of so many zeros.</summary>
    internal static byte[] ZipBomb(int bytes) => Zip(("zeros.txt", new byte[bytes]));

    internal static byte[] Zip(params (string Name, byte[] Content)[] files) => Zip(null, _ => { }, files);

    /// <summary>Names in the encoding of DOS, as old programs write them.</summary>
    internal static byte[] DosZip(params (string Name, byte[] Content)[] files)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Zip(Encoding.GetEncoding(DosCodePage), _ => { }, files);
    }

    /// <summary>Every entry is a symbolic link of Unix.</summary>
    internal static byte[] ZipOfLinks(params (string Name, byte[] Content)[] files) =>
        Zip(null, entry => entry.ExternalAttributes = unchecked((int)0xa1ff0000), files);

    /// <summary>The archive with its n-th entry marked as encrypted, in both places where that stands.</summary>
    internal static byte[] Encrypt(byte[] zip, int entry)
    {
        var marked = zip.ToArray();
        marked[Find(marked, "PK\u0003\u0004", entry) + 6] |= 1;
        marked[Find(marked, "PK\u0001\u0002", entry) + 8] |= 1;
        return marked;
    }

    private static int Find(byte[] zip, string mark, int count)
    {
        var at = -1;
        for (var i = 0; i <= count; i++)
        {
            at += 1 + zip.AsSpan(at + 1).IndexOf(Encoding.Latin1.GetBytes(mark));
        }

        return at;
    }

    private static byte[] Zip(Encoding? names, Action<ZipArchiveEntry> change, (string Name, byte[] Content)[] files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true, names))
        {
            foreach (var (name, content) in files)
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(2009, 6, 7, 8, 10, 12, TimeSpan.Zero);
                change(entry);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return buffer.ToArray();
    }

    private static TarEntry Entry(TarEntryFormat format, TarEntryType type, string name, string content)
    {
        TarEntry entry = format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(type == TarEntryType.RegularFile ? TarEntryType.V7RegularFile : type, name),
            TarEntryFormat.Ustar => new UstarTarEntry(type, name),
            TarEntryFormat.Gnu => new GnuTarEntry(type, name),
            _ => new PaxTarEntry(type, name),
        };
        entry.ModificationTime = new DateTimeOffset(2009, 6, 7, 8, 10, 12, TimeSpan.Zero);
        entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return entry;
    }
}
