using AnyFetch.Hydration.Workers;
using AnyFetch.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>A hydration that does not stop in time: it is told to, and what it does after that is nobody's concern.</summary>
public sealed class GivenUpTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FaultLog _log = new(LogLevel.Warning, "AnyFetch.");
    private readonly TaskCompletionSource<CancellationToken> _begun = new();

    // Its continuations run inside SetResult: what they log is there when that returns.
    private readonly TaskCompletionSource _goesOn = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_stop_of_the_server_reaches_it_and_what_it_then_misses_is_not_logged()
    {
        var host = await StartAsync(timeoutSeconds: 120);
        var stop = await _begun.Task;
        await host.DisposeAsync();
        Assert.True(stop.IsCancellationRequested);
        _goesOn.SetResult();
        Assert.Empty(_log.Faults);
    }

    [Fact]
    public async Task The_end_of_its_time_reaches_it_and_only_that_is_logged()
    {
        // The grace of ten seconds comes on top.
        var host = await StartAsync(timeoutSeconds: -9.9);
        var stop = await _begun.Task;
        await Eventually.TrueAsync(() => stop.IsCancellationRequested, what: "it is told to stop");
        await host.DisposeAsync();
        _goesOn.SetResult();
        Assert.Equal("5030", Assert.Single(_log.Faults).Trim());
    }

    /// <summary>A host with one document at a hydrater that ignores its stop, and then wants what is gone.</summary>
    private async Task<HydrationHost> StartAsync(double timeoutSeconds)
    {
        var stuck = new FakeInProcessHydrater(
            "stuck",
            async (_, stop) =>
            {
                _begun.TrySetResult(stop);
                await _goesOn.Task;
                throw new ObjectDisposedException("the file store");
            },
            concurrency: 1,
            timeoutSeconds);
        var host = await HydrationHost.StartAsync(
            _directory.Path, [stuck], replace: services => services.AddSingleton<ILoggerProvider>(_log));
        var company = await host.CompanyAsync(Sample.Hydrater("stuck", "[{}]"));
        await host.PutAsync(company, "a");
        return host;
    }
}
