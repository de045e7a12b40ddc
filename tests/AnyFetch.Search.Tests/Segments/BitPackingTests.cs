using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Tests.Segments;

public sealed class BitPackingTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(0, 32)];

    [Theory]
    [MemberData(nameof(Widths))]
    public unsafe void Numbers_of_every_width_come_back(int bits)
    {
        var random = new Random(bits);
        var values = new int[BitPacking.BlockSize];
        for (var i = 0; i < values.Length; i++)
            values[i] = (int)(random.NextInt64() & ((1L << bits) - 1));
        if (bits > 0)
            values[random.Next(values.Length)] = (int)((1L << bits) - 1);

        var packed = new byte[BitPacking.ByteCount(bits) + 1];
        packed[^1] = 0xAB;
        BitPacking.Pack(values, bits, packed.AsSpan(..^1));
        var back = new int[BitPacking.BlockSize];
        fixed (byte* source = packed)
        fixed (int* target = back)
            BitPacking.Unpack(source, bits, target);

        Assert.Equal(values, back);
        Assert.Equal(0xAB, packed[^1]);
    }

    [Fact]
    public unsafe void Varints_come_back_and_are_passed_over()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 1_000).Select(_ => (uint)random.Next() >> random.Next(32)).ToArray();
        using var sink = new ByteSink();
        foreach (var value in values)
            sink.WriteVarint(value);
        fixed (byte* start = sink.Bytes)
        {
            var end = start + sink.Bytes.Length;
            var at = start;
            for (var i = 0; i < values.Length; i++)
            {
                var skipped = Varint.Skip(start, i, end);
                Assert.True(at == skipped, $"number {i}");
                Assert.Equal(values[i], Varint.Read(ref at));
            }

            Assert.True(at == end);
        }
    }
}
