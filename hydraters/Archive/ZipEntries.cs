using System.IO.Compression;
using AnyFetch.Hydrater.Archives;

namespace AnyFetch.Hydraters.Archive;

/// <summary>The files of a zip archive. Folders, links and devices are left out.</summary>
internal static class ZipEntries
{
    private const int KindMask = 0xf000;
    private const int RegularFile = 0x8000;

    internal static IEnumerable<ArchiveEntry> Read(string path, ArchiveLimits limits)
    {
        using var archive = BoundedZip.Open(path, limits, ByteNames.Instance);
        var names = MemberNames.Decoder(archive.Entries.Select(entry => entry.FullName));
        foreach (var entry in archive.Entries)
        {
            var name = names(entry.FullName);
            if (name.EndsWith('/') || name.EndsWith('\\') || !IsFile(entry))
            {
                continue;
            }

            yield return entry.IsEncrypted
                ? new ArchiveEntry(name, Date(entry), null, "protected by a password")
                : new ArchiveEntry(name, Date(entry), () => archive.OpenEntry(entry));
        }
    }

    /// <summary>Archives made on Unix say what an entry is; others say nothing, and everything in them is a file.</summary>
    private static bool IsFile(ZipArchiveEntry entry) =>
        ((entry.ExternalAttributes >> 16) & KindMask) is 0 or RegularFile;

    /// <summary>The archive's clock had no time zone. The first day of its calendar stands for no date.</summary>
    private static DateTimeOffset? Date(ZipArchiveEntry entry)
    {
        var time = entry.LastWriteTime.DateTime;
        return time.Year <= 1980 ? null : new DateTimeOffset(time, TimeSpan.Zero);
    }
}
