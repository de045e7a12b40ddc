using System.Text.Json;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Testing;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydraters.Tests.Hosts;

/// <summary>A task that was given up may fail by what was taken from it meanwhile: nobody is told of that.</summary>
public sealed class GivenUpTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly FaultLog _log = new(LogLevel.Warning);

    // Its continuations run inside SetResult: what they log is there when that returns.
    private readonly TaskCompletionSource _goesOn = new();
    private readonly TaskCompletionSource _begun = new();

    [Fact]
    public async Task What_a_task_throws_after_its_time_is_not_logged()
    {
        var outcome = await RunAsync(0.05, CancellationToken.None);
        Assert.Equal("Task took too long.", outcome.Error);
        var before = _log.Faults.ToList();
        _goesOn.SetResult();
        Assert.Equal(before, _log.Faults);
    }

    [Fact]
    public async Task What_a_task_throws_after_the_host_was_stopped_is_not_logged()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(60, stop.Token);
        await _begun.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        _goesOn.SetResult();
        Assert.Empty(_log.Faults);
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>Runs a hydrater that ignores its stop, and then wants its folder, which is gone.</summary>
    private Task<HydrationOutcome> RunAsync(double timeoutSeconds, CancellationToken cancellationToken)
    {
        var hydrater = new FakeHydrater(
            async (context, _) =>
            {
                _begun.SetResult();
                await _goesOn.Task;
                File.WriteAllText(context.Temp.NewFilePath(), "late");
                return HydrationResult.Nothing;
            },
            FakeHydrater.Plain with { TimeoutSeconds = timeoutSeconds });
        using var json = JsonDocument.Parse(TaskDocument.File("/a.txt").ToJsonString());
        var options = new HydrationRunOptions { TempFolder = _temp.Path, RetrySeconds = [], StopMilliseconds = 20 };
        return new InProcessHydrater(hydrater, options, logger: _log).RunAsync(
            new HydrationTask { Document = new HydrationDocument(json.RootElement.Clone()) }, cancellationToken);
    }
}
