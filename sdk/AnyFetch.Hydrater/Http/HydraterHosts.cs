using System.Collections.Concurrent;
using AnyFetch.Hydrater.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydrater.Http;

/// <summary>The hydraters that one web application hosts; they drain when it stops.</summary>
internal sealed class HydraterHosts(HydraterHostOptions options, TimeProvider time, ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    private readonly ConcurrentBag<HydraterHost> _hosts = [];

    internal HydraterHostOptions Options => options;

    internal HydraterHost Add(IHydrater hydrater)
    {
        var host = new HydraterHost(
            hydrater, options, time, loggers.CreateLogger($"AnyFetch.Hydrater.{hydrater.Descriptor.ShortName}"));
        _hosts.Add(host);
        return host;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        TempFolder.RemoveStale(options.Run.TempFolder, time);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_hosts.Select(host => host.StopAsync(cancellationToken)));

    public async ValueTask DisposeAsync()
    {
        // The container knows this object under two names and disposes of it for each.
        while (_hosts.TryTake(out var host))
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }
}
