using System.IO.Compression;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Archives;

namespace AnyFetch.Hydraters.Archive;

/// <summary>What is behind gzip: the files of a tar archive, or one file.</summary>
internal static class GzipEntries
{
    internal static IEnumerable<ArchiveEntry> Read(HydrationFile file, string name, ArchiveLimits limits) =>
        TarEntries.IsTar(() => Expanded(file))
            ? TarEntries.Read(() => Bounded(file, limits))
            : [new ArchiveEntry(name, null, () => Bounded(file, limits))];

    private static Stream Bounded(HydrationFile file, ArchiveLimits limits) =>
        new ArchiveBudget(file.Length, limits).Bound(Expanded(file));

    private static GZipStream Expanded(HydrationFile file) => new(file.OpenRead(), CompressionMode.Decompress);
}
