using System.Text.Json;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.Http;
using AnyFetch.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AnyFetch.Hydraters.Tests.Hosts;

/// <summary>What a hydrater tells of its tasks: whoever waits for none to be left waits for that.</summary>
public sealed class HydraterLoadTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_task_that_is_tried_again_and_again_is_told_at_every_moment()
    {
        var attempts = 0;
        var hydrater = FakeHydrater.Of(
            _ => ++attempts <= 2_000 ? throw new InvalidOperationException("Busy.") : HydrationResult.Skipped);
        var options = new HydraterHostOptions
        {
            Run = new HydrationRunOptions { TempFolder = _temp.Path, RetrySeconds = new double[2_000] },
        };
        await using var host = new HydraterHost(hydrater, options, TimeProvider.System, NullLogger.Instance);
        using var body = JsonDocument.Parse("""{"callback":"http://127.0.0.1/","document":{}}""");
        Assert.True(host.TryEnqueue(HydrateRequest.Read(body.RootElement)!));

        // Nobody waits in between: the looks and the attempts run beside each other.
        while (host.Load != (0, 0))
        {
        }

        Assert.Equal(2_001, attempts);
    }
}
