namespace AnyFetch.Hydraters.Iptc;

/// <summary>A directory of a TIFF file (TIFF 6.0, section 2): tags with their values in the entry or elsewhere in the file.</summary>
internal sealed class TiffDirectory
{
    private const int EntriesMax = 1_000;
    private const int EntryBytes = 12;
    private const int RationalBytes = 8;

    /// <summary>Bytes of a value of each type, by its number.</summary>
    private static readonly int[] s_sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

    private readonly BlockStream _file;
    private readonly bool _isLittleEndian;
    private readonly Dictionary<ushort, Entry> _entries = [];

    private TiffDirectory(BlockStream file, bool isLittleEndian)
    {
        _file = file;
        _isLittleEndian = isLittleEndian;
    }

    /// <summary>The first directory, or null when the file is not a TIFF.</summary>
    internal static TiffDirectory? ReadFirst(BlockStream file)
    {
        file.Position = 0;
        bool? isLittleEndian = file.Read(4) switch
        {
            [(byte)'I', (byte)'I', 42, 0] => true,
            [(byte)'M', (byte)'M', 0, 42] => false,
            _ => null,
        };
        return isLittleEndian is { } order && file.ReadUInt32(order) is { } at ? ReadAt(file, order, at) : null;
    }

    /// <summary>The directory that a tag of this one leads to, or null.</summary>
    internal TiffDirectory? Directory(ushort tag)
    {
        if (!_entries.TryGetValue(tag, out var entry))
        {
            return null;
        }

        _file.Position = entry.ValueAt;
        return _file.ReadUInt32(_isLittleEndian) is { } at ? ReadAt(_file, _isLittleEndian, at) : null;
    }

    /// <summary>The bytes of a value, or null when there is none.</summary>
    internal byte[]? Bytes(ushort tag)
    {
        if (!_entries.TryGetValue(tag, out var entry))
        {
            return null;
        }

        _file.Position = entry.ValueAt;
        return _file.Read(entry.Bytes);
    }

    /// <summary>Three rational numbers, or null.</summary>
    internal double[]? Rationals(ushort tag)
    {
        const int Count = 3;
        if (!_entries.TryGetValue(tag, out var entry) || entry.Bytes != Count * RationalBytes)
        {
            return null;
        }

        _file.Position = entry.ValueAt;
        var numbers = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            if (_file.ReadUInt32(_isLittleEndian) is not { } above || _file.ReadUInt32(_isLittleEndian) is not { } below)
            {
                return null;
            }

            // A missing part is written as nothing divided by nothing.
            numbers[i] = above == 0 ? 0 : (double)above / below;
        }

        return numbers;
    }

    private static TiffDirectory? ReadAt(BlockStream file, bool isLittleEndian, long at)
    {
        file.Position = at;
        if (file.ReadUInt16(isLittleEndian) is not { } count || count > EntriesMax)
        {
            return null;
        }

        var directory = new TiffDirectory(file, isLittleEndian);
        for (var i = 0; i < count; i++)
        {
            file.Position = at + 2 + (long)i * EntryBytes;
            if (!directory.TryReadEntry())
            {
                break;
            }
        }

        return directory;
    }

    private bool TryReadEntry()
    {
        if (_file.ReadUInt16(_isLittleEndian) is not { } tag || _file.ReadUInt16(_isLittleEndian) is not { } type
            || _file.ReadUInt32(_isLittleEndian) is not { } count)
        {
            return false;
        }

        var bytes = type < s_sizes.Length ? s_sizes[type] * (long)count : 0;
        var inPlace = _file.Position;
        if (_file.ReadUInt32(_isLittleEndian) is { } elsewhere && bytes > 0)
        {
            _entries.TryAdd(tag, new Entry(bytes <= 4 ? inPlace : elsewhere, bytes));
        }

        return true;
    }

    private readonly record struct Entry(long ValueAt, long Bytes);
}
