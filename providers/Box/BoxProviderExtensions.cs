using AnyFetch.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Box;

/// <summary>Adds the Box provider to a host.</summary>
public static class BoxProviderExtensions
{
    /// <summary>The name that its options and its routes are found under.</summary>
    public const string Name = "box";

    private const int Concurrency = 4;

    /// <summary>Adds the provider under the name <c>box</c>; map it with <c>MapAnyFetchProvider(Name, prefix)</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">The application at Box.</param>
    /// <param name="configureProvider">The application's credentials at AnyFetch, and how runs behave; or null.</param>
    public static IServiceCollection AddBoxProvider(
        this IServiceCollection services,
        Action<BoxProviderOptions> configure,
        Action<AnyFetchProviderOptions>? configureProvider = null) =>
        services.AddSource<BoxProvider, BoxProviderOptions>(Name, Concurrency, configure, configureProvider);
}
