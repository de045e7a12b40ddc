using AnyFetch.Core.Queue;
using AnyFetch.Server.Metrics;

namespace AnyFetch.Server.Tests.Metrics;

/// <summary>What the gauges of queues say.</summary>
public sealed class StoreGaugesTests
{
    [Fact]
    public void A_queue_that_has_become_empty_is_told_as_empty()
    {
        var before = StoreGauges.WithEmptied([], [new QueueCounts("hydrate-pdf", 3, 1, 0, 2.5), new QueueCounts("update", 1, 0, 0, 0)]);
        var now = StoreGauges.WithEmptied(before, [new QueueCounts("update", 2, 0, 0, 0)]);
        Assert.Equal([new QueueCounts("update", 2, 0, 0, 0), new QueueCounts("hydrate-pdf", 0, 0, 0, 0)], now);
        Assert.Equal(now, StoreGauges.WithEmptied(now, [new QueueCounts("update", 2, 0, 0, 0)]));
    }
}
