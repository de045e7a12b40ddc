using System.Buffers.Binary;
using System.Text;

namespace AnyFetch.Hydrater.Archives;

/// <summary>
/// The entries of a compound file's directory: trees of siblings whose links a hostile file may bend in any way.
/// </summary>
internal sealed class CompoundDirectory(byte[] bytes, int depthMax)
{
    private const int EntryBytes = 128;
    private const int NameBytesMax = 64;

    private readonly bool[] _isTaken = new bool[bytes.Length / EntryBytes];

    internal CompoundEntry ReadRoot()
    {
        _isTaken[0] = true;
        return Read(0, depthMax);
    }

    private CompoundEntry Read(int index, int depth)
    {
        var entry = bytes.AsSpan(index * EntryBytes, EntryBytes);
        var nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]);
        var name = nameBytes is > 2 and <= NameBytesMax ? Encoding.Unicode.GetString(entry[..(nameBytes - 2)]) : "";
        var isStorage = entry[66] is 1 or 5;
        var child = BinaryPrimitives.ReadUInt32LittleEndian(entry[76..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(entry[120..]);
        return new CompoundEntry(name, isStorage, length, isStorage && depth > 0 ? ReadSiblings(child, depth - 1) : [])
        {
            FirstSector = BinaryPrimitives.ReadUInt32LittleEndian(entry[116..]),
        };
    }

    /// <summary>All entries of a tree of siblings. One that stands in two places is taken at the first.</summary>
    private List<CompoundEntry> ReadSiblings(uint first, int depth)
    {
        var found = new List<CompoundEntry>();
        var open = new Stack<uint>([first]);
        while (open.TryPop(out var index))
        {
            if (index >= _isTaken.Length || _isTaken[index])
            {
                continue;
            }

            _isTaken[index] = true;
            var entry = bytes.AsSpan((int)index * EntryBytes, EntryBytes);
            open.Push(BinaryPrimitives.ReadUInt32LittleEndian(entry[72..]));
            open.Push(BinaryPrimitives.ReadUInt32LittleEndian(entry[68..]));
            found.Add(Read((int)index, depth));
        }

        found.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return found;
    }
}
