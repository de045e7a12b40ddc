using System.Buffers.Binary;
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
    private const int EndRecordBytes = 22;
    private const int CommentBytesMax = 65_535;

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
            CheckEntryCount(file, limits);
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

    private static void CheckEntryCount(FileStream file, ArchiveLimits limits)
    {
        var tail = new byte[Math.Min(file.Length, EndRecordBytes + CommentBytesMax)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + EndRecordBytes > tail.Length)
        {
            throw new InvalidDataException("The archive has no directory.");
        }

        var count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
        var directoryBytes = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12));
        // A claimed count can lie, the size of the directory cannot be less than its entries need.
        if (count > limits.EntriesMax || directoryBytes > limits.EntriesMax * 200L)
        {
            throw new HydrationException($"The archive has more than {limits.EntriesMax:N0} entries.");
        }
    }
}
