using AnyFetch.Core.Queue;

namespace AnyFetch.Core.Tests.Queue;

public sealed class RetryDelayTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(12, 300)]
    [InlineData(int.MaxValue, 300)]
    public void The_ceiling_doubles_with_each_attempt_up_to_the_highest(int attempt, double ceilingSeconds)
    {
        var random = new Random(1);
        var delays = Enumerable.Range(0, 2000)
            .Select(_ => RetryDelay.Next(attempt, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), random))
            .ToArray();
        Assert.All(delays, d => Assert.InRange(d.TotalSeconds, 0, ceilingSeconds));
        Assert.True(delays.Max().TotalSeconds > ceilingSeconds * 0.95);
        Assert.True(delays.Min().TotalSeconds < ceilingSeconds * 0.05);
    }
}
