using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Tests.Segments;

/// <summary>The codes of numbers in segments give back what they were given, and take no more room than they should.</summary>
public sealed unsafe class NumberCodeTests
{
    [Fact]
    public void Patched_blocks_come_back()
    {
        var random = new Random(3);
        for (var run = 0; run < 2_000; run++)
        {
            var values = Values(random, BitPacking.BlockSize);
            using var sink = new ByteSink();
            PatchedPacking.Write(sink, values);
            var end = sink.Position;
            sink.Write(new byte[8]);
            var read = new int[BitPacking.BlockSize];
            fixed (byte* at = sink.Bytes)
            fixed (int* target = read)
                Assert.Equal(end, PatchedPacking.Read(at, target) - at);
            Assert.Equal(values, read);
        }
    }

    [Fact]
    public void One_large_number_does_not_make_a_block_large()
    {
        var values = new int[BitPacking.BlockSize];
        values[77] = int.MaxValue;
        using var sink = new ByteSink();
        PatchedPacking.Write(sink, values);
        Assert.InRange(sink.Position, 1, 10);
    }

    [Fact]
    public void Rice_codes_come_back()
    {
        var random = new Random(4);
        for (var run = 0; run < 2_000; run++)
        {
            var values = Values(random, random.Next(1, 128));
            var others = Values(random, values.Length);
            var (bits, otherBits) = (RiceCode.ChooseLowBits(values), random.Next(RiceCode.LowBitsMax + 1));
            using var sink = new ByteSink();
            var writer = new RiceCode.Writer(sink);
            foreach (var value in values)
                writer.Write(value, bits);
            foreach (var value in others)
                writer.Write(value, otherBits);
            writer.End();
            sink.Write(new byte[8]);
            fixed (byte* at = sink.Bytes)
            {
                var reader = new RiceCode.Reader(at);
                foreach (var value in values)
                    Assert.Equal(value, reader.Read(bits));
                foreach (var value in others)
                    Assert.Equal(value, reader.Read(otherBits));
            }
        }
    }

    [Theory]
    [InlineData(1L, 8)]
    [InlineData(TimeSpan.TicksPerMillisecond, 6)]
    [InlineData(TimeSpan.TicksPerSecond, 4)]
    public void Dates_are_exact_in_as_few_bytes_as_they_need(long unit, int bytesMax)
    {
        var random = new Random(5);
        var first = new DateTime(2004, 2, 29, 12, 0, 0, DateTimeKind.Utc).Ticks;
        var dates = Enumerable.Range(0, 500).Select(_ => first + random.NextInt64(TimeSpan.TicksPerDay * 9_000 / unit) * unit).ToArray();
        foreach (var ticks in new[] { dates, dates[..1], [], [0, DateTime.MaxValue.Ticks], [first, first] })
        {
            using var sink = new ByteSink();
            DateColumn.Write(sink, ticks);
            Assert.True(ticks.Length < 500 || sink.Position <= 24 + bytesMax * ticks.Length, $"{sink.Position} bytes");
            sink.Write(new byte[8]);
            fixed (byte* at = sink.Bytes)
            {
                var column = new DateColumn(at);
                for (var row = 0; row < ticks.Length; row++)
                    Assert.Equal(ticks[row], column[row]);
            }
        }
    }

    /// <summary>Mostly small numbers, some of any size.</summary>
    private static int[] Values(Random random, int count)
    {
        var bits = random.Next(31);
        var odd = random.Next(40);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(40) < odd
            ? (int)random.NextInt64(1L << bits)
            : (int)random.NextInt64(1L << random.Next(32)))];
    }
}
