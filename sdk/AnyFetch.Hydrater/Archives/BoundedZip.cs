using System.IO.Compression;
using System.Text;

namespace AnyFetch.Hydrater.Archives;

/// <summary>
/// A zip archive that cannot be a bomb: the number of entries is checked before the directory is read, and everything that
/// is expanded counts against one budget. Going beyond it throws <see cref="HydrationException"/>; a broken archive throws
/// <see cref="InvalidDataException"/>.
/// </summary>
public sealed class BoundedZip : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly ArchiveBudget _budget;

    private BoundedZip(ZipArchive archive, ArchiveBudget budget)
    {
        _archive = archive;
        _budget = budget;
    }

    /// <summary>The entries in the order of the archive's directory. Their own lengths are claims, not facts.</summary>
    public IReadOnlyCollection<ZipArchiveEntry> Entries => _archive.Entries;

    /// <summary>Opens an archive with the default limits.</summary>
    public static BoundedZip Open(string path) => Open(path, new ArchiveLimits());

    /// <summary>Opens an archive. Names that do not say to be UTF-8 are read as UTF-8.</summary>
    public static BoundedZip Open(string path, ArchiveLimits limits) => Open(path, limits, null);

    /// <summary>
    /// Opens an archive. Names that do not say to be UTF-8 are read in <paramref name="names"/>, as UTF-8 when it is null.
    /// </summary>
    public static BoundedZip Open(string path, ArchiveLimits limits, Encoding? names)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            ZipDirectory.Check(file, limits);
            file.Position = 0;
            var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: false, names);
            return new BoundedZip(archive, new ArchiveBudget(file.Length, limits));
        }
        catch (Exception)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The entry of that exact name, or null.</summary>
    public ZipArchiveEntry? Find(string name) => _archive.GetEntry(name);

    /// <summary>Opens an entry by name, or null when there is none. What is read counts against the budget.</summary>
    public Stream? OpenEntry(string name) => Find(name) is { } entry ? OpenEntry(entry) : null;

    /// <summary>Opens an entry. What is read counts against the budget.</summary>
    public Stream OpenEntry(ZipArchiveEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _budget.Bound(entry.Open());
    }

    /// <inheritdoc />
    public void Dispose() => _archive.Dispose();
}
