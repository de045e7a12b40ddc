using Microsoft.Extensions.Hosting;

namespace AnyFetch.Provider.Hosting;

/// <summary>Starts and stops one registered provider with the host.</summary>
internal sealed class ProviderHost(
    ProviderRegistration registration, IServiceProvider services, IHostApplicationLifetime lifetime,
    ProviderLog log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stops = new();
    private volatile ProviderRuntime? _runtime;
    private Task _late = Task.CompletedTask;

    public string Name => registration.Name;

    public IProvider Provider => registration.Provider(services);

    /// <summary>Null until the provider knows who it is.</summary>
    public ProviderRuntime? Runtime => _runtime;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var options = registration.Options(services);
        if (options.ResolveIdentity is null)
        {
            var identity = new ProviderIdentity(
                options.AppId, options.AppSecret, options.ProviderUrl, options.ManagerUrl, options.ApiUrl);
            await StartAsync(options, identity, cancellationToken);
            return;
        }

        lifetime.ApplicationStarted.Register(() => _late = Task.Run(() => StartLateAsync(options), _stops.Token));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stops.CancelAsync();
        await _late.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Interlocked.Exchange(ref _runtime, null) is { } runtime)
        {
            await runtime.DisposeAsync();
        }
    }

    public void Dispose() => _stops.Dispose();

    private async Task StartLateAsync(AnyFetchProviderOptions options)
    {
        try
        {
            var identity = await options.ResolveIdentity!(services, _stops.Token);
            await StartAsync(options, identity, _stops.Token);
        }
        catch (OperationCanceledException) when (_stops.IsCancellationRequested)
        {
            // The host stops before the provider ever started.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            log.CannotStart(Name, failure);
            lifetime.StopApplication();
        }
    }

    private async Task StartAsync(
        AnyFetchProviderOptions options, ProviderIdentity identity, CancellationToken cancellationToken)
    {
        var faults = identity.Faults().Concat(Faults(options)).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(
                $"The provider \"{Name}\" cannot start: " + string.Join(' ', faults));
        }

        _runtime = await ProviderRuntime.StartAsync(registration, identity, services, cancellationToken);
    }

    private static IEnumerable<string> Faults(AnyFetchProviderOptions options)
    {
        if (options.UpdatePendingStatus is not (204 or 429))
        {
            yield return "UpdatePendingStatus must be 204 or 429.";
        }

        if (options.Concurrency < 1 || options.UsersConcurrency < 1)
        {
            yield return "Concurrency and UsersConcurrency must be at least 1.";
        }

        if (options.DocumentsPerUpdate < 1 || options.AttemptsMax < 1 || options.ListingBatchItems < 1)
        {
            yield return "DocumentsPerUpdate, AttemptsMax and ListingBatchItems must be at least 1.";
        }
    }
}
