using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnyFetch.Search.Segments;

/// <summary>
/// Packs 128 numbers in Rice's code, low and high bits apart: the low ones side by side as vectors unpack them, then the high
/// ones, each as so many zeros and a one. Numbers that spread like places in texts take a bit less than in
/// <see cref="PatchedPacking"/>; only the ones are looked for when they are read.
/// </summary>
internal static unsafe class RicePacking
{
    private const int BlockSize = BitPacking.BlockSize;
    private const int OvershootMax = 8;

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
        if (zeros == 0)
            return at + HighBytes(zeros);

        // A one is at the number's place and so many zeros as it and those before it have.
        var ends = stackalloc int[1 + BlockSize + OvershootMax];
        ends[0] = -1;
        FindOnes(at, ends + 1);
        for (var i = 0; i < BlockSize; i += Vector256<int>.Count)
        {
            var high = Vector256.Load(ends + i + 1) - Vector256.Load(ends + i) - Vector256<int>.One;
            (Vector256.Load(target + i) + (high << bits)).Store(target + i);
        }

        return at + HighBytes(zeros);
    }

    /// <summary>Finds the places of 128 ones, eight at once: where a word has fewer, the next one overwrites what was too much.</summary>
    private static void FindOnes(byte* at, int* places)
    {
        var count = 0;
        for (var first = 0; count < BlockSize; first += 64)
        {
            var word = Unsafe.ReadUnaligned<ulong>(at + (first >> 3));
            var next = places + count;
            count += BitOperations.PopCount(word);
            for (; word != 0 && next < places + BlockSize; next += OvershootMax)
            {
                for (var i = 0; i < OvershootMax; i++, word &= word - 1)
                    next[i] = first + BitOperations.TrailingZeroCount(word);
            }
        }
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
