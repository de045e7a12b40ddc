using AnyFetch.Provider.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnyFetch.Provider;

/// <summary>Adds providers to a host.</summary>
public static class ProviderServiceCollectionExtensions
{
    /// <summary>
    /// Adds a provider. Its routes are mapped with <c>MapAnyFetchProvider</c>; several providers may live in one host.
    /// </summary>
    /// <typeparam name="TProvider">The provider; its constructor is filled from the services, one instance serves all.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="name">A short, unique name, for example <c>local-directory</c>.</param>
    /// <param name="configure">
    /// Sets the options; or null when <c>AnyFetchProviderOptions</c> of this name are configured elsewhere.
    /// </param>
    public static IServiceCollection AddAnyFetchProvider<TProvider>(
        this IServiceCollection services, string name, Action<AnyFetchProviderOptions>? configure)
        where TProvider : class, IProvider
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (configure is not null)
        {
            services.Configure(name, configure);
        }

        services.AddOptions();
        services.AddKeyedSingleton<TProvider>(
            name, (provider, _) => ActivatorUtilities.CreateInstance<TProvider>(provider));
        services.AddKeyedSingleton(name, (provider, _) => new ProviderHost(
            new ProviderRegistration(
                name,
                own => own.GetRequiredKeyedService<TProvider>(name),
                own => own.GetRequiredService<IOptionsMonitor<AnyFetchProviderOptions>>().Get(name)),
            provider,
            provider.GetRequiredService<IHostApplicationLifetime>(),
            new ProviderLog(provider.GetRequiredService<ILoggerFactory>().CreateLogger("AnyFetch.Provider"))));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<ProviderHost>(name));
        return services;
    }
}
