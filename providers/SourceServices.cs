using AnyFetch.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AnyFetch.Providers;

/// <summary>Adds a provider of this assembly to a host.</summary>
internal static class SourceServices
{
    /// <summary>Adds one under a name.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The name that its options and its routes are found under.</param>
    /// <param name="concurrency">Its tasks at once per account, unless the host says otherwise.</param>
    /// <param name="configure">The application at the source.</param>
    /// <param name="configureProvider">The application's credentials at AnyFetch, and how runs behave; or null.</param>
    public static IServiceCollection AddSource<TProvider, TOptions>(
        this IServiceCollection services, string name, int concurrency, Action<TOptions> configure,
        Action<AnyFetchProviderOptions>? configureProvider)
        where TProvider : class, IProvider
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddAnyFetchProvider<TProvider>(name, options =>
        {
            options.Concurrency = concurrency;
            configureProvider?.Invoke(options);
        });
    }
}
