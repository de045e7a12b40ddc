using System.Buffers.Binary;
using System.Numerics;

namespace AnyFetch.Search.Indexing;

/// <summary>
/// A quick 64-bit hash that stays the same between runs and machines, because index files hold it. Not for
/// adversaries: who makes two of his own values collide only confuses his own search.
/// </summary>
internal static class Hash64
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var hash = seed ^ ((ulong)bytes.Length * Prime);
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        for (var i = 0; i < bytes.Length; i++)
            rest |= (ulong)bytes[i] << (8 * i);
        return Mix(Mix(hash ^ rest));
    }

    private static ulong Mix(ulong value)
    {
        value *= Prime;
        value ^= value >> 32;
        value *= 0xBF58476D1CE4E5B9;
        return value ^ value >> 29;
    }
}
