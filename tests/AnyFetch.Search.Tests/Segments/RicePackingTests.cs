using System.Runtime.InteropServices;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Tests.Segments;

public sealed class RicePackingTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public unsafe void A_block_comes_back_whatever_its_numbers_are_like(int seed)
    {
        var random = new Random(seed);
        var values = Numbers(random, BitPacking.BlockSize, seed);
        using var sink = new ByteSink();
        RicePacking.Write(sink, values);
        var length = (int)sink.Position;
        sink.Write([0xAB, 1, 2, 3, 4, 5, 6, 7, 8]);

        var back = new int[BitPacking.BlockSize];
        fixed (byte* start = &MemoryMarshal.GetReference(sink.Bytes))
        fixed (int* target = back)
            Assert.True(start + length == RicePacking.Read(start, target));
        Assert.Equal(values, back);
    }

    [Fact]
    public void Places_in_texts_take_less_than_a_byte_each()
    {
        var random = new Random(3);
        using var sink = new ByteSink();
        RicePacking.Write(sink, [.. Enumerable.Range(0, BitPacking.BlockSize).Select(_ => random.Next(random.Next(20, 160)))]);

        Assert.InRange(sink.Position, 1, BitPacking.BlockSize - 8);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public unsafe void Numbers_that_are_no_whole_block_come_back(int seed)
    {
        var random = new Random(seed);
        var values = Numbers(random, seed % 12 * seed % 200, seed);
        using var sink = new ByteSink();
        RiceCode.Write(sink, values);
        sink.Write([0xAB, 1, 2, 3, 4, 5, 6, 7, 8]);

        var back = new int[values.Length];
        fixed (byte* start = &MemoryMarshal.GetReference(sink.Bytes))
            RiceCode.Read(start, back);
        Assert.Equal(values, back);
    }

    /// <summary>Small ones, large ones, and small ones with some that stand out.</summary>
    private static int[] Numbers(Random random, int count, int seed)
    {
        var bits = seed % 31;
        return [.. Enumerable.Range(0, count).Select(_ => seed % 3 == 0 && random.Next(20) == 0
            ? random.Next(int.MaxValue)
            : (int)(random.NextInt64() & ((1L << bits) - 1)))];
    }
}
