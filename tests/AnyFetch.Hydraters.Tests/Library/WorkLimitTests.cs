using AnyFetch.Hydrater.Tools;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Library;

/// <summary>Time limits that stand still while their work does.</summary>
public sealed class WorkLimitTests : IDisposable
{
    private const double Seconds = 60;

    private readonly ManualTimeProvider _time = new();
    private readonly WorkLimit _limit;

    public WorkLimitTests() => _limit = new WorkLimit(Seconds, _time);

    private bool IsOver => _limit.Over.IsCancellationRequested;

    [Fact]
    public void It_is_over_when_the_time_is()
    {
        Pass(59.9);
        Assert.False(IsOver);
        Pass(0.1);
        Assert.True(IsOver);
    }

    [Fact]
    public void It_does_not_run_while_the_work_is_held_back()
    {
        Pass(50);
        _limit.Hold();
        Pass(500);
        _limit.Release();
        Pass(9.9);
        Assert.False(IsOver);
        Pass(0.1);
        Assert.True(IsOver);
    }

    [Fact]
    public void What_the_work_had_of_a_processor_meanwhile_counts()
    {
        _limit.Hold();
        Pass(500);
        _limit.Spend(TimeSpan.FromSeconds(59.9));
        Assert.False(IsOver);
        _limit.Spend(TimeSpan.FromSeconds(0.1));
        Assert.True(IsOver);
    }

    [Fact]
    public void Two_that_are_held_back_at_the_same_time_count_once()
    {
        _limit.Hold();
        Pass(10);
        _limit.Hold();
        Pass(10);
        _limit.Release();
        Pass(10);
        _limit.Release();
        Pass(59.9);
        Assert.False(IsOver);
        Pass(0.1);
        Assert.True(IsOver);
    }

    [Fact]
    public void A_tools_limit_holds_that_of_its_task()
    {
        using var tool = new WorkLimit(10, _time, _limit);
        tool.Hold();
        Pass(100);
        tool.Spend(TimeSpan.FromSeconds(5));
        tool.Release();
        Pass(4.9);
        Assert.False(tool.Over.IsCancellationRequested);
        Pass(0.1);
        Assert.True(tool.Over.IsCancellationRequested);
        Pass(49.9);
        Assert.False(IsOver);
        Pass(0.1);
        Assert.True(IsOver);
    }

    [Fact]
    public void Nothing_is_held_back_for_ever()
    {
        _limit.Hold();
        Pass(WorkLimit.LongestOf(Seconds).TotalSeconds - 0.1);
        Assert.False(IsOver);
        Pass(0.1);
        Assert.True(IsOver);
    }

    [Fact]
    public void The_end_of_the_work_may_come_first()
    {
        _limit.Hold();
        _limit.Dispose();
        _limit.Release();
        Pass(1_000);
    }

    public void Dispose() => _limit.Dispose();

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
