namespace AnyFetch.Search.Segments;

/// <summary>
/// Packs 128 numbers with as many bits each as most of them need. The few that need more are told after them: their places,
/// then their high bits.
/// </summary>
internal static unsafe class PatchedPacking
{
    private const int BlockSize = BitPacking.BlockSize;

    /// <summary>Writes 128 numbers, none negative.</summary>
    public static void Write(ByteSink sink, ReadOnlySpan<int> values)
    {
        var bits = ChooseBits(values);
        Span<int> low = stackalloc int[BlockSize];
        Span<byte> places = stackalloc byte[BlockSize];
        var exceptions = 0;
        for (var i = 0; i < BlockSize; i++)
        {
            low[i] = values[i] & (int)((1L << bits) - 1);
            if (values[i] >> bits != 0)
                places[exceptions++] = (byte)i;
        }

        sink.Write((byte)bits);
        sink.Write((byte)exceptions);
        BitPacking.Pack(low, bits, sink.Take(BitPacking.ByteCount(bits)));
        sink.Write(places[..exceptions]);
        foreach (var place in places[..exceptions])
            sink.WriteVarint((ulong)(values[place] >> bits));
    }

    /// <summary>Reads 128 numbers from trusted memory; returns the place behind them.</summary>
    public static byte* Read(byte* at, int* target)
    {
        var (bits, exceptions) = (at[0], at[1]);
        BitPacking.Unpack(at + 2, bits, target);
        var places = at + 2 + BitPacking.ByteCount(bits);
        at = places + exceptions;
        for (var i = 0; i < exceptions; i++)
            target[places[i]] |= (int)(Varint.Read(ref at) << bits);
        return at;
    }

    /// <summary>The number of bits, at most 31, that takes the fewest bytes with its exceptions.</summary>
    private static int ChooseBits(ReadOnlySpan<int> values)
    {
        Span<int> lengths = stackalloc int[33];
        lengths.Clear();
        foreach (var value in values)
            lengths[32 - System.Numerics.BitOperations.LeadingZeroCount((uint)value)]++;
        var (best, leastBytes) = (0, int.MaxValue);
        for (var bits = 31; bits >= 0; bits--)
        {
            var bytes = BitPacking.ByteCount(bits);
            for (var length = bits + 1; length < lengths.Length && bytes < leastBytes; length++)
                bytes += lengths[length] * (1 + (length - bits + 6) / 7);
            if (bytes < leastBytes)
                (best, leastBytes) = (bits, bytes);
        }

        return best;
    }
}
