
namespace AnyFetch.Hydraters.Archive;

/// <summary>
/// The files of a tar archive: V7, ustar, GNU and pax. Folders, links and devices are left out. This is a reader of our own
/// because the runtime's reads the headers that announce long names whole, however long they say to be.
/// </summary>
internal static class TarEntries
{
    /// <summary>Bytes of a header that announces a long name or other properties.</summary>
    private const int ExtensionBytesMax = 64 * 1024;

    /// <summary>True when the content begins with the header of a tar archive.</summary>
    internal static bool IsTar(Func<Stream> open)
    {
        var block = new byte[TarHeader.BlockBytes];
        try
        {
            using var stream = open();
            return stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false) == block.Length
                && TarHeader.HasChecksum(block);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    internal static IEnumerable<ArchiveEntry> Read(Func<Stream> open)
    {
        using var stream = open();
        var block = new byte[TarHeader.BlockBytes];
        var next = TarProperties.None;
        while (TryReadBlock(stream, block))
        {
            var header = TarHeader.Parse(block);
            if (header.Announces)
            {
                next = next.With(header.Kind, ReadExtension(stream, header.Size));
                continue;
            }

            var size = header.HasContent ? next.Size ?? header.Size : 0;
            var content = new TarContent(stream, size);
            if (header.IsFile && (next.Path ?? header.Path) is { Length: > 0 } path && !path.EndsWith('/'))
            {
                yield return new ArchiveEntry(path, next.ModifiedAt ?? header.ModifiedAt, () => content);
            }

            content.SkipRest();
            Skip(stream, Padding(size));
            next = TarProperties.None;
        }
    }

    /// <summary>False at the end: no block, or one of zeros.</summary>
    private static bool TryReadBlock(Stream stream, byte[] block)
    {
        var read = stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        return read != 0 && (read == block.Length
            ? block.AsSpan().ContainsAnyExcept((byte)0)
            : throw new InvalidDataException("The archive ends within a header."));
    }

    private static byte[] ReadExtension(Stream stream, long size)
    {
        if (size > ExtensionBytesMax)
        {
            throw new InvalidDataException("A header is longer than any name.");
        }

        var extension = new byte[size];
        stream.ReadExactly(extension);
        Skip(stream, Padding(size));
        return extension;
    }

    private static int Padding(long size) =>
        (int)((TarHeader.BlockBytes - size % TarHeader.BlockBytes) % TarHeader.BlockBytes);

    private static void Skip(Stream stream, int bytes)
    {
        Span<byte> rest = stackalloc byte[TarHeader.BlockBytes];
        stream.ReadAtLeast(rest[..bytes], bytes, throwOnEndOfStream: false);
    }
}
