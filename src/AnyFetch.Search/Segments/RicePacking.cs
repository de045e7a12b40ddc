using System.Numerics;
using System.Runtime.CompilerServices;

namespace AnyFetch.Search.Segments;

/// <summary>
/// Packs 128 numbers in Rice's code, low and high bits apart: the low ones side by side as vectors unpack them, then the high
/// ones, each as so many zeros and a one. Numbers that spread like places in texts take a bit less than in
/// <see cref="PatchedPacking"/>; only the zeros are looked at one by one when they are read.
/// </summary>
internal static unsafe class RicePacking
{
    private const int BlockSize = BitPacking.BlockSize;

    /// <summary>Writes 128 numbers, none negative.</summary>
    public static void Write(ByteSink sink, ReadOnlySpan<int> values)
    {
        var (bits, zeros) = ChooseBits(values);
        sink.Write((byte)bits);
        sink.Write((byte)zeros);
        Span<int> low = stackalloc int[BlockSize];
        for (var i = 0; i < BlockSize; i++)
            low[i] = values[i] & (int)((1L << bits) - 1);
        BitPacking.Pack(low, bits, sink.Take(BitPacking.ByteCount(bits)));
        var high = sink.Take(HighBytes(zeros));
        high.Clear();
        var bit = -1;
        foreach (var value in values)
        {
            bit += (int)((uint)value >> bits) + 1;
            high[bit >> 3] |= (byte)(1 << (bit & 7));
        }
    }

    /// <summary>Reads 128 numbers from trusted memory, which eight bytes must follow; returns the place behind them.</summary>
    public static byte* Read(byte* at, int* target)
    {
        int bits = at[0], zeros = at[1];
        BitPacking.Unpack(at + 2, bits, target);
        at += 2 + BitPacking.ByteCount(bits);
        var step = 1 << bits;
        for (int before = 0, first = 0; before < zeros; first += 64)
        {
            // What is a zero here is a one that can be found; so many numbers ended before it as ones stand before it.
            var word = ~Unsafe.ReadUnaligned<ulong>(at + (first >> 3));
            for (; word != 0 && before < zeros; word &= word - 1, before++)
                target[first + BitOperations.TrailingZeroCount(word) - before] += step;
        }

        return at + HighBytes(zeros);
    }

    private static int HighBytes(int zeros) => (BlockSize + zeros + 7) >> 3;

    /// <summary>The number of low bits that takes least, and the zeros that are left then; never more than 255.</summary>
    private static (int Bits, int Zeros) ChooseBits(ReadOnlySpan<int> values)
    {
        var sum = 0L;
        foreach (var value in values)
            sum += value;

        // With as many bits as the mean has, there are fewer zeros than numbers.
        var (best, zerosOfBest, least) = (0, 0, long.MaxValue);
        for (var bits = 64 - BitOperations.LeadingZeroCount((ulong)sum / BlockSize); bits >= 0; bits--)
        {
            long zeros = 0;
            foreach (var value in values)
                zeros += (uint)value >> bits;
            var size = (long)bits * BlockSize + zeros;
            if (zeros > byte.MaxValue || size > least)
                break;
            (best, zerosOfBest, least) = (bits, (int)zeros, size);
        }

        return (best, zerosOfBest);
    }
}
