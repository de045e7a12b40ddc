using AnyFetch.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.LocalDirectory;

/// <summary>Adds the local directory provider to a host.</summary>
public static class LocalDirectoryProviderExtensions
{
    /// <summary>The name that its options and its routes are found under.</summary>
    public const string Name = "local-directory";

    private const int DebounceSeconds = 2;

    // A local disk has no rate limit to respect; what bounds the pace is two calls to the core per file.
    private const int Concurrency = 16;
    private const int Accounts = 2;

    /// <summary>
    /// Adds the provider under the name <c>local-directory</c>; map it with <c>MapAnyFetchProvider(Name, prefix)</c>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Which directories are allowed, and which files are taken.</param>
    /// <param name="configureProvider">The application's credentials and addresses, and how runs behave; or null.</param>
    public static IServiceCollection AddLocalDirectoryProvider(
        this IServiceCollection services,
        Action<LocalDirectoryProviderOptions> configure,
        Action<AnyFetchProviderOptions>? configureProvider = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        return services.AddAnyFetchProvider<LocalDirectoryProvider>(Name, options =>
        {
            options.Concurrency = Concurrency;
            options.UsersConcurrency = Accounts;
            options.DebounceSeconds = DebounceSeconds;

            // A walk is cheap and has no pages to spare: it is taken in whole, and what is over the cap follows at once.
            options.ListingAheadCaps = 0;
            options.ContinueBacklog = true;
            configureProvider?.Invoke(options);
        });
    }
}
