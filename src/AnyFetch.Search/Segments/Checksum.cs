using System.Numerics;
using System.Runtime.InteropServices;

namespace AnyFetch.Search.Segments;

/// <summary>CRC-32C, which processors compute eight bytes at a time. The value of one part seeds the next.</summary>
internal static class Checksum
{
    public const uint Seed = uint.MaxValue;

    /// <summary>Goes on over bytes. All parts but the last must be multiples of eight long to be cut anywhere.</summary>
    public static uint Add(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            checksum = BitOperations.Crc32C(checksum, word);
        foreach (var single in bytes[(words.Length * sizeof(ulong))..])
            checksum = BitOperations.Crc32C(checksum, single);
        return checksum;
    }
}
