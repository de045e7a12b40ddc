using System.Buffers.Binary;

namespace AnyFetch.Hydrater.Archives;

/// <summary>
/// A compound file ([MS-CFB]), the container of Outlook's and the old Office's files. It is bounded by its own size:
/// each chain of sectors
/// visits a sector once, each entry of the directory stands in one place. What is damaged throws
/// <see cref="InvalidDataException"/>.
/// </summary>
public sealed class CompoundFile : IDisposable
{
    private const int HeaderBytes = 512;
    private const int EntryBytes = 128;
    private const int HeaderFatSectors = 109;
    private const int DepthMax = 32;
    private const int EntriesMax = 200_000;
    private const uint LastSector = 0xfffffffa;

    private readonly FileStream _file;
    private readonly int _sectorBytes;
    private readonly int _miniSectorBytes;
    private readonly uint _miniStreamCutoff;
    private readonly uint[] _fat;
    private readonly uint[] _miniFat;
    private readonly uint[] _miniStream;

    private CompoundFile(FileStream file)
    {
        _file = file;
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes
            || !header.StartsWith((ReadOnlySpan<byte>)[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))
        {
            throw Damaged();
        }

        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header[0x1e..]);
        var miniShift = BinaryPrimitives.ReadUInt16LittleEndian(header[0x20..]);
        if (shift is not (9 or 12) || miniShift != 6)
        {
            throw Damaged();
        }

        _sectorBytes = 1 << shift;
        _miniSectorBytes = 1 << miniShift;
        _miniStreamCutoff = BinaryPrimitives.ReadUInt32LittleEndian(header[0x38..]);
        _fat = ReadFat(header);
        _miniFat = Numbers(Chain(BinaryPrimitives.ReadUInt32LittleEndian(header[0x3c..])));
        Root = ReadDirectory(Chain(BinaryPrimitives.ReadUInt32LittleEndian(header[0x30..])));
        _miniStream = Root.Length == 0 ? [] : Chain(Root.FirstSector);
    }

    /// <summary>The storage that holds everything.</summary>
    public CompoundEntry Root { get; }

    /// <summary>
    /// Opens a compound file. Throws <see cref="InvalidDataException"/> when it is none or its tables are damaged.
    /// </summary>
    public static CompoundFile Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new CompoundFile(file);
        }
        catch (Exception)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a stream's bytes, which are read from the file while they are asked for. Streams may be read by turns, not
    /// on several
    /// threads. Throws <see cref="InvalidDataException"/> when its sectors are damaged.
    /// </summary>
    public Stream OpenStream(CompoundEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var isMini = entry.Length < _miniStreamCutoff;
        var sectors = entry.Length == 0 ? [] : isMini ? Chain(entry.FirstSector, _miniFat) : Chain(entry.FirstSector);
        var sectorBytes = isMini ? _miniSectorBytes : _sectorBytes;
        return (long)sectors.Length * sectorBytes < entry.Length
            ? throw Damaged()
            : new CompoundStream(this, sectors, sectorBytes, isMini, entry.Length);
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    internal int ReadAt(uint sector, bool isMini, int offset, Span<byte> buffer)
    {
        if (!isMini)
        {
            _file.Position = (((long)sector + 1) * _sectorBytes) + offset;
        }
        else
        {
            var at = ((long)sector * _miniSectorBytes) + offset;
            var holder = at / _sectorBytes;
            if (holder >= _miniStream.Length)
            {
                throw Damaged();
            }

            _file.Position = (((long)_miniStream[holder] + 1) * _sectorBytes) + (at % _sectorBytes);
        }

        return _file.Read(buffer);
    }

    private static InvalidDataException Damaged() => new("The compound file is damaged.");

    private uint[] ReadFat(ReadOnlySpan<byte> header)
    {
        var sectorsMax = (_file.Length / _sectorBytes) + 1;
        var places = new List<uint>();
        for (var i = 0; i < HeaderFatSectors; i++)
        {
            places.Add(BinaryPrimitives.ReadUInt32LittleEndian(header[(0x4c + (i * 4))..]));
        }

        var next = BinaryPrimitives.ReadUInt32LittleEndian(header[0x44..]);
        var seen = 0L;
        while (next < LastSector && seen++ < sectorsMax)
        {
            var more = Numbers([next]);
            places.AddRange(more[..^1]);
            next = more[^1];
        }

        return Numbers([.. places.Where(place => place < LastSector).Take((int)Math.Min(sectorsMax, int.MaxValue))]);
    }

    private uint[] Numbers(uint[] sectors)
    {
        var numbers = new uint[sectors.Length * (_sectorBytes / 4)];
        var buffer = new byte[_sectorBytes];
        for (var i = 0; i < sectors.Length; i++)
        {
            ReadSector(sectors[i], buffer);
            for (var n = 0; n < buffer.Length / 4; n++)
            {
                numbers[(i * (_sectorBytes / 4)) + n] = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(n * 4));
            }
        }

        return numbers;
    }

    private void ReadSector(uint sector, Span<byte> buffer)
    {
        // The last sector of a file is sometimes written without its unused end.
        buffer.Clear();
        _file.Position = ((long)sector + 1) * _sectorBytes;
        if (_file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == 0)
        {
            throw Damaged();
        }
    }

    private uint[] Chain(uint first) => Chain(first, _fat);

    private static uint[] Chain(uint first, uint[] table)
    {
        var chain = new List<uint>();
        for (var sector = first; sector < LastSector; sector = table[sector])
        {
            if (sector >= table.Length || chain.Count > table.Length)
            {
                throw Damaged();
            }

            chain.Add(sector);
        }

        return [.. chain];
    }

    private CompoundEntry ReadDirectory(uint[] sectors)
    {
        var bytes = new byte[(long)sectors.Length * _sectorBytes > EntriesMax * EntryBytes
            ? throw Damaged()
            : sectors.Length * _sectorBytes];
        for (var i = 0; i < sectors.Length; i++)
        {
            ReadSector(sectors[i], bytes.AsSpan(i * _sectorBytes, _sectorBytes));
        }

        return bytes.Length < EntryBytes ? throw Damaged() : new CompoundDirectory(bytes, DepthMax).ReadRoot();
    }

}
