using System.Buffers.Binary;

namespace AnyFetch.Hydrater.Archives;

/// <summary>
/// Where the directory of a zip archive is (APPNOTE 4.3.14 to 4.3.16), looked at before anybody reads it: the runtime reads
/// entries until there are no more, whatever their number and the directory's size are said to be.
/// </summary>
internal static class ZipDirectory
{
    private const int EndRecordBytes = 22;
    private const int Zip64LocatorBytes = 20;
    private const int Zip64RecordBytes = 56;
    private const int CommentBytesMax = 65_535;

    /// <summary>Bytes of an entry with a long name. The shortest has 46, so there may be some more of those.</summary>
    private const int EntryBytes = 200;

    /// <summary>
    /// Throws <see cref="HydrationException"/> for more entries than are allowed, <see cref="InvalidDataException"/> for a file
    /// that has no directory.
    /// </summary>
    internal static void Check(FileStream file, ArchiveLimits limits)
    {
        var tail = Read(file, file.Length - Math.Min(file.Length, EndRecordBytes + CommentBytesMax), null);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + EndRecordBytes > tail.Length)
        {
            throw NoDirectory();
        }

        var end = file.Length - tail.Length + at;
        var record = tail.AsSpan(at);
        var disk = BinaryPrimitives.ReadUInt16LittleEndian(record[4..]);
        var count = (ulong)BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        var start = (ulong)BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if (disk == ushort.MaxValue || count == ushort.MaxValue || start == uint.MaxValue)
        {
            (count, start) = ReadZip64(file, end) ?? (count, start);
        }

        if (start > (ulong)end)
        {
            throw NoDirectory();
        }

        if (count > (ulong)limits.EntriesMax || (ulong)end - start > (ulong)limits.EntriesMax * EntryBytes)
        {
            throw new HydrationException($"The archive has more than {limits.EntriesMax:N0} entries.");
        }
    }

    /// <summary>The number of entries and the place of the first, as the larger format tells them; null when it does not.</summary>
    private static (ulong Count, ulong Start)? ReadZip64(FileStream file, long end)
    {
        if (end < Zip64LocatorBytes)
        {
            return null;
        }

        var locator = Read(file, end - Zip64LocatorBytes, Zip64LocatorBytes);
        var at = BinaryPrimitives.ReadUInt64LittleEndian(locator.AsSpan(8));
        if (!locator.AsSpan().StartsWith("PK\u0006\u0007"u8) || at > (ulong)(end - Zip64LocatorBytes))
        {
            return null;
        }

        var record = Read(file, (long)at, Zip64RecordBytes);
        return record.AsSpan().StartsWith("PK\u0006\u0006"u8)
            ? (BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(32)), BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(48)))
            : null;
    }

    private static byte[] Read(FileStream file, long at, int? length)
    {
        var bytes = new byte[length ?? (int)(file.Length - at)];
        file.Position = at;
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw NoDirectory();
        }

        return bytes;
    }

    private static InvalidDataException NoDirectory() => new("The archive has no directory.");
}
