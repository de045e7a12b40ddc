using System.Runtime.InteropServices;
using AnyFetch.Search.Segments;

namespace AnyFetch.Search.Tests.Segments;

public sealed class ExactFilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(50_000)]
    public void Every_value_is_found_and_hardly_any_other(int count)
    {
        var random = new Random(count);
        var hashes = Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue)).ToArray();
        var others = Enumerable.Range(0, 20_000).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue)).ToArray();

        var (found, mistaken, bytes) = Ask(hashes, others);

        Assert.Equal(count, found);
        Assert.InRange(mistaken, 0, others.Length / 100);
        Assert.InRange(bytes, 1, 2 * count + 32);
    }

    [Fact]
    public void A_filter_without_values_is_empty_and_holds_nothing()
    {
        var (_, mistaken, bytes) = Ask([], [0, 1, ulong.MaxValue]);

        Assert.Equal((0, 0), (mistaken, bytes));
    }

    private static unsafe (int Found, int Mistaken, int Bytes) Ask(ulong[] hashes, ulong[] others)
    {
        using var sink = new ByteSink();
        ExactFilter.Write(sink, hashes);
        fixed (byte* start = &MemoryMarshal.GetReference(sink.Bytes))
        {
            var filter = new ExactFilter(start, sink.Position);
            return (hashes.Count(filter.MayHold), others.Count(filter.MayHold), (int)sink.Position);
        }
    }
}
