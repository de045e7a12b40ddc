using System.Buffers.Binary;
using System.Text;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>Writes compound files ([MS-CFB]) and Outlook mails in them ([MS-OXMSG]).</summary>
internal sealed class CompoundSample
{
    private const int SectorBytes = 512;
    private const int MiniSectorBytes = 64;
    private const int MiniCutoff = 4096;
    private const uint End = 0xfffffffe;
    private const uint Free = 0xffffffff;

    private readonly List<(string Name, byte[]? Content, List<int> Children)> _entries = [("Root Entry", null, [])];

    internal int AddStorage(string name, int parent = 0) => Add(name, null, parent);

    internal void AddStream(string name, byte[] content, int parent = 0) => Add(name, content, parent);

    internal void AddText(int id, string text, int parent = 0) => AddStream($"__substg1.0_{id:X4}001F", Encoding.Unicode.GetBytes(text), parent);

    internal void AddBinary(int id, byte[] content, int parent = 0) => AddStream($"__substg1.0_{id:X4}0102", content, parent);

    /// <summary>The properties of fixed length: numbers are of four bytes, dates of eight.</summary>
    internal void AddProperties(int headerBytes, int parent, params (int Id, int Type, long Value)[] properties)
    {
        var bytes = new byte[headerBytes + (properties.Length * 16)];
        for (var i = 0; i < properties.Length; i++)
        {
            var at = headerBytes + (i * 16);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), (uint)(properties[i].Id << 16 | properties[i].Type));
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + 8), properties[i].Value);
        }

        AddStream("__properties_version1.0", bytes, parent);
    }

    internal byte[] ToBytes()
    {
        var sectors = new List<byte[]>();
        var fat = new List<uint>();
        using var mini = new MemoryStream();
        var miniFat = new List<uint>();
        var starts = new uint[_entries.Count];
        for (var i = 1; i < _entries.Count; i++)
        {
            var content = _entries[i].Content ?? [];
            starts[i] = content.Length == 0 ? End
                : content.Length < MiniCutoff ? AppendMini(mini, miniFat, content)
                : Append(sectors, fat, content);
        }

        starts[0] = mini.Length == 0 ? End : Append(sectors, fat, mini.ToArray());
        var miniFatStart = miniFat.Count == 0 ? End : Append(sectors, fat, Numbers(miniFat));
        var directoryStart = Append(sectors, fat, Directory(starts, mini.Length));
        var fatSectors = 1;
        while (fatSectors * (SectorBytes / 4) < sectors.Count + fatSectors)
        {
            fatSectors++;
        }

        var fatStart = sectors.Count;
        fat.AddRange(Enumerable.Repeat(0xfffffffdu, fatSectors));
        var table = Numbers(fat, fatSectors * (SectorBytes / 4));
        for (var i = 0; i < fatSectors; i++)
        {
            sectors.Add(table[(i * SectorBytes)..((i + 1) * SectorBytes)]);
        }

        return [.. Header(fatStart, fatSectors, directoryStart, miniFatStart), .. sectors.SelectMany(s => s)];
    }

    private int Add(string name, byte[]? content, int parent)
    {
        _entries.Add((name, content, []));
        _entries[parent].Children.Add(_entries.Count - 1);
        return _entries.Count - 1;
    }

    private static uint Append(List<byte[]> sectors, List<uint> fat, byte[] content)
    {
        var start = (uint)sectors.Count;
        var chunks = content.Chunk(SectorBytes).ToList();
        for (var i = 0; i < chunks.Count; i++)
        {
            sectors.Add([.. chunks[i], .. new byte[SectorBytes - chunks[i].Length]]);
            fat.Add(i + 1 < chunks.Count ? start + (uint)i + 1 : End);
        }

        return start;
    }

    private static uint AppendMini(MemoryStream mini, List<uint> miniFat, byte[] content)
    {
        var start = (uint)miniFat.Count;
        var count = (content.Length + MiniSectorBytes - 1) / MiniSectorBytes;
        for (var i = 0; i < count; i++)
        {
            miniFat.Add(i + 1 < count ? start + (uint)i + 1 : End);
        }

        mini.Write(content);
        mini.Write(new byte[(count * MiniSectorBytes) - content.Length]);
        return start;
    }

    private byte[] Directory(uint[] starts, long miniBytes)
    {
        var bytes = new byte[(_entries.Count + 3) / 4 * SectorBytes];
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = bytes.AsSpan(i * 128, 128);
            var name = Encoding.Unicode.GetBytes(_entries[i].Name);
            name.CopyTo(entry);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)(name.Length + 2));
            entry[66] = (byte)(i == 0 ? 5 : _entries[i].Content is null ? 1 : 2);
            var siblings = _entries.Select(e => e.Children).FirstOrDefault(c => c.Contains(i)) ?? [];
            var next = siblings.SkipWhile(s => s != i).Skip(1).FirstOrDefault(-1);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[68..], Free);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[72..], (uint)next);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[76..], (uint)_entries[i].Children.FirstOrDefault(-1));
            BinaryPrimitives.WriteUInt32LittleEndian(entry[116..], starts[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[120..], (uint)(i == 0 ? miniBytes : _entries[i].Content?.Length ?? 0));
        }

        return bytes;
    }

    private static byte[] Header(int fatStart, int fatSectors, uint directoryStart, uint miniFatStart)
    {
        var header = new byte[SectorBytes];
        Convert.FromHexString("d0cf11e0a1b11ae1").CopyTo(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(0x1a), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(0x1c), 0xfffe);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(0x1e), 9);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(0x20), 6);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(0x2c), (uint)fatSectors);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(0x30), directoryStart);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(0x38), MiniCutoff);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(0x3c), miniFatStart);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(0x44), End);
        for (var i = 0; i < 109; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(0x4c + (i * 4)), i < fatSectors ? (uint)(fatStart + i) : Free);
        }

        return header;
    }

    private static byte[] Numbers(List<uint> numbers, int count = 0)
    {
        var bytes = new byte[Math.Max(count, (numbers.Count + 127) / 128 * 128) * 4];
        bytes.AsSpan().Fill(0xff);
        for (var i = 0; i < numbers.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), numbers[i]);
        }

        return bytes;
    }
}
