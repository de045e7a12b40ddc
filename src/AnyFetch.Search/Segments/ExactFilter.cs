using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AnyFetch.Search.Segments;

/// <summary>
/// Tells of a value that is compared exactly that no row of a segment holds it, without a look at the dictionary: a Bloom filter
/// over the values' hashes. Eight bits of a value stand in one block of 32 bytes, so an answer costs a cache miss or two.
/// </summary>
internal readonly unsafe struct ExactFilter(byte* blocks, long byteCount)
{
    /// <summary>With so many bits a value, one of 200 values that are not there seems to be.</summary>
    private const int BitsPerValue = 12;

    private const int BlockBytes = 32;
    private const int WordsPerBlock = BlockBytes / sizeof(uint);

    /// <summary>Odd numbers, one for each word of a block: what the hash times one of them begins with chooses its bit.</summary>
    private static ReadOnlySpan<uint> Factors =>
        [0x47B6137B, 0x44974D91, 0x8824AD5B, 0xA2B7289D, 0x705495C7, 0x2DF1424B, 0x9EFC4947, 0x5C6BFB31];

    /// <summary>False when no row holds a value of this hash.</summary>
    public bool MayHold(ulong hash)
    {
        if (byteCount == 0)
            return false;
        var block = (uint*)(blocks + BlockOf(hash, byteCount / BlockBytes) * BlockBytes);
        for (var i = 0; i < WordsPerBlock; i++)
        {
            if ((block[i] & BitOf(hash, i)) == 0)
                return false;
        }

        return true;
    }

    /// <summary>Writes the filter of some hashes; nothing when there are none.</summary>
    public static void Write(ByteSink sink, ReadOnlySpan<ulong> hashes)
    {
        var blockCount = ((long)hashes.Length * BitsPerValue + 8 * BlockBytes - 1) / (8 * BlockBytes);
        var words = new uint[blockCount * WordsPerBlock];
        foreach (var hash in hashes)
        {
            var first = BlockOf(hash, blockCount) * WordsPerBlock;
            for (var i = 0; i < WordsPerBlock; i++)
                words[first + i] |= BitOf(hash, i);
        }

        sink.Write(MemoryMarshal.AsBytes<uint>(words));
    }

    /// <summary>The high half of the hash chooses the block, the low half the bits in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long BlockOf(ulong hash, long blockCount) => (long)((hash >> 32) * (ulong)blockCount >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint BitOf(ulong hash, int word) => 1u << (int)((uint)hash * Factors[word] >> 27);
}
