using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Isolation;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Server.Hydraters;

/// <summary>The worker processes of this server, or none when they are switched off.</summary>
internal sealed class BuiltInIsolation(
    HydraterHostingOptions hosting, IReadOnlyList<string> settings, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly HydraterIsolation? _isolation = HydrationWorker.OptionsOf(hosting, settings) is { } options
        ? new HydraterIsolation(options, time, loggers.CreateLogger("AnyFetch.Hydrater")) : null;

    /// <summary>The hydrater as it is to be run.</summary>
    public IHydrater Isolate(IHydrater hydrater) => _isolation?.Isolate(hydrater) ?? hydrater;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isolation is not null)
        {
            await _isolation.DisposeAsync().ConfigureAwait(false);
        }
    }
}
