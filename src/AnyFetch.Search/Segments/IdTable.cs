using System.Numerics;
using System.Runtime.CompilerServices;
using AnyFetch.Core.Ids;

namespace AnyFetch.Search.Segments;

/// <summary>
/// Finds the row of a document: a hash table with open addressing, at most half full, whose places hold row + 1.
/// </summary>
internal readonly unsafe struct IdTable(byte* table, int places, byte* ids)
{
    /// <summary>The row, or -1.</summary>
    public int Find(ObjectId id)
    {
        var entries = (int*)table;
        for (var place = Place(id, places); ; place = (place + 1) & (places - 1))
        {
            var row = entries[place] - 1;
            if (row < 0 || Id(row) == id)
                return row;
        }
    }

    public ObjectId Id(int row) => ObjectId.Read(new ReadOnlySpan<byte>(ids + (long)row * ObjectId.ByteCount, ObjectId.ByteCount));

    /// <summary>The table of some ids, all different.</summary>
    public static int[] Build(ReadOnlySpan<ObjectId> ids)
    {
        var table = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(ids.Length, 1) * 2)];
        for (var row = 0; row < ids.Length; row++)
        {
            var place = Place(ids[row], table.Length);
            while (table[place] != 0)
                place = (place + 1) & (table.Length - 1);
            table[place] = row + 1;
        }

        return table;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(ObjectId id, int places)
    {
        var hash = (id.Unique ^ (ulong)id.Seconds << 32 ^ id.Seconds) * 0x9E3779B97F4A7C15;
        return (int)((hash ^ hash >> 32) & (ulong)(places - 1));
    }
}
