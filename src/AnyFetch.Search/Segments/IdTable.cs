using System.Numerics;
using System.Runtime.CompilerServices;
using AnyFetch.Core.Ids;

namespace AnyFetch.Search.Segments;

/// <summary>
/// Finds the row of a document: a hash table with open addressing, three quarters full. An entry holds row + 1 in its low bits
/// and bits of the hash above, so that ids are hardly ever compared in vain.
/// </summary>
internal readonly unsafe struct IdTable(byte* table, int places, byte* ids, int rowCount)
{
    private readonly uint _rowMask = RowMask(rowCount);

    /// <summary>The row, or -1.</summary>
    public int Find(ObjectId id)
    {
        var entries = (uint*)table;
        var hash = Hash(id);
        for (var place = Place(hash, places); ; place = place + 1 == places ? 0 : place + 1)
        {
            var entry = entries[place];
            if (entry == 0)
                return -1;
            if (((entry ^ (uint)hash) & ~_rowMask) == 0 && Id((int)(entry & _rowMask) - 1) == id)
                return (int)(entry & _rowMask) - 1;
        }
    }

    public ObjectId Id(int row) => ObjectId.Read(new ReadOnlySpan<byte>(ids + (long)row * ObjectId.ByteCount, ObjectId.ByteCount));

    /// <summary>The table of some ids, all different.</summary>
    public static uint[] Build(ReadOnlySpan<ObjectId> ids)
    {
        var table = new uint[(int)(ids.Length * 4L / 3) + 1];
        var mask = RowMask(ids.Length);
        for (var row = 0; row < ids.Length; row++)
        {
            var hash = Hash(ids[row]);
            var place = Place(hash, table.Length);
            while (table[place] != 0)
                place = place + 1 == table.Length ? 0 : place + 1;
            table[place] = (uint)(row + 1) | (uint)hash & ~mask;
        }

        return table;
    }

    /// <summary>The bits that the largest row + 1 needs.</summary>
    private static uint RowMask(int rowCount) => (uint)((1UL << (32 - BitOperations.LeadingZeroCount((uint)rowCount))) - 1);

    /// <summary>The high half decides the place, the low half tells ids of one place apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(ObjectId id)
    {
        var hash = (id.Unique ^ (ulong)id.Seconds << 32 ^ id.Seconds) * 0x9E3779B97F4A7C15;
        hash = (hash ^ hash >> 32) * 0xBF58476D1CE4E5B9;
        return hash ^ hash >> 29;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(ulong hash, int places) => (int)((hash >> 32) * (ulong)places >> 32);
}
