using System.Buffers.Binary;
using System.IO.Compression;

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
    private readonly ArchiveLimits _limits;
    private readonly long _expandedMax;
    private long _expanded;

    private BoundedZip(ZipArchive archive, long archiveBytes, ArchiveLimits limits)
    {
        _archive = archive;
        _limits = limits;
        _expandedMax = Math.Min(limits.ExpandedBytesMax, Math.Max(limits.RatioFromBytes, archiveBytes * limits.RatioMax));
    }

    /// <summary>The entries in the order of the archive's directory. Their own lengths are claims, not facts.</summary>
    public IReadOnlyCollection<ZipArchiveEntry> Entries => _archive.Entries;

    /// <summary>Opens an archive with the default limits.</summary>
    public static BoundedZip Open(string path) => Open(path, new ArchiveLimits());

    /// <summary>Opens an archive.</summary>
    public static BoundedZip Open(string path, ArchiveLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            CheckEntryCount(file, limits);
            file.Position = 0;
            return new BoundedZip(new ZipArchive(file, ZipArchiveMode.Read), file.Length, limits);
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
        return new BoundedStream(entry.Open(), this);
    }

    /// <inheritdoc />
    public void Dispose() => _archive.Dispose();

    internal void Count(int bytes)
    {
        _expanded += bytes;
        if (_expanded > _expandedMax)
        {
            throw new HydrationException(
                $"The archive expands to more than {_expandedMax:N0} bytes (at most {_limits.RatioMax} times its size).");
        }
    }

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
