using System.Buffers.Binary;
using System.Text;
using AnyFetch.Hydrater.Archives;

namespace AnyFetch.Hydrater.Sniffing;

/// <summary>Tells the formats apart that share the compound file container ([MS-CFB]) by the names of their streams.</summary>
internal static class OleStorage
{
    /// <summary>The type of an encrypted Office Open XML document, which hides in a compound file.</summary>
    internal const string EncryptedOffice = "application/x-ole-encrypted";

    private const string Other = "application/x-ole-storage";

    internal static string TypeOf(string path, Stream file, ReadOnlySpan<byte> head)
    {
        try
        {
            // Documents within documents have streams of the same names deeper down.
            using var compound = CompoundFile.Open(path);
            return compound.Root.Children.Select(child => TypeByStream(child.Name))
                .FirstOrDefault(type => type is not null) ?? Other;
        }
        catch (InvalidDataException)
        {
            return TypeByDirectory(file, head);
        }
    }

    /// <summary>The first sectors of the directory of a damaged file, which may be good enough to say what it was.</summary>
    private static string TypeByDirectory(Stream file, ReadOnlySpan<byte> head)
    {
        if (head.Length < 0x34)
        {
            return Other;
        }

        var sectorShift = BinaryPrimitives.ReadUInt16LittleEndian(head[0x1e..]);
        var firstDirectory = BinaryPrimitives.ReadUInt32LittleEndian(head[0x30..]);
        if (sectorShift is not (9 or 12) || firstDirectory > int.MaxValue)
        {
            return Other;
        }

        var directory = new byte[4096];
        file.Position = ((long)firstDirectory + 1) << sectorShift;
        var read = file.ReadAtLeast(directory, directory.Length, throwOnEndOfStream: false);
        for (var entry = 0; entry + 128 <= read; entry += 128)
        {
            var nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(directory.AsSpan(entry + 64));
            if (nameBytes is > 2 and <= 64
                && TypeByStream(Encoding.Unicode.GetString(directory, entry, nameBytes - 2)) is { } type)
            {
                return type;
            }
        }

        return Other;
    }

    private static string? TypeByStream(string name) => name switch
    {
        "WordDocument" => "application/msword",
        "Workbook" or "Book" => "application/vnd.ms-excel",
        "PowerPoint Document" => "application/vnd.ms-powerpoint",
        "EncryptedPackage" => EncryptedOffice,
        _ when name.StartsWith("__substg1.0_", StringComparison.Ordinal)
            || name.StartsWith("__properties_version", StringComparison.Ordinal) => "application/vnd.ms-outlook",
        _ => null,
    };
}
