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
    private readonly ConcurrentQueue<HydraterDescriptor> _descriptors = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _registering = Task.CompletedTask;

    internal HydraterHostOptions Options => options;

    internal HydraterHost Add(IHydrater hydrater)
    {
        var host = new HydraterHost(
            hydrater, options, time, loggers.CreateLogger($"AnyFetch.Hydrater.{hydrater.Descriptor.ShortName}"));
        _hosts.Add(host);
        _descriptors.Enqueue(hydrater.Descriptor);
        return host;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        TempFolder.RemoveStale(options.Run.TempFolder, time);
        var registrar = new HydraterRegistrar(options, time, loggers.CreateLogger("AnyFetch.Hydrater"));
        _registering = registrar.RunAsync([.. _descriptors], _stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _registering.ConfigureAwait(false);
        await Task.WhenAll(_hosts.Select(host => host.StopAsync(cancellationToken))).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        // The container knows this object under two names and disposes of it for each.
        while (_hosts.TryTake(out var host))
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }
}
