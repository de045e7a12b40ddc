using AnyFetch.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Dropbox;

/// <summary>Adds the Dropbox provider to a host.</summary>
public static class DropboxProviderExtensions
{
    /// <summary>The name that its options and its routes are found under.</summary>
    public const string Name = "dropbox";

    private const int Concurrency = 4;

    /// <summary>Adds the provider under the name <c>dropbox</c>; map it with <c>MapAnyFetchProvider(Name, prefix)</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">The application at Dropbox.</param>
    /// <param name="configureProvider">The application's credentials at AnyFetch, and how runs behave; or null.</param>
    public static IServiceCollection AddDropboxProvider(
        this IServiceCollection services,
        Action<DropboxProviderOptions> configure,
        Action<AnyFetchProviderOptions>? configureProvider = null) =>
        services.AddSource<DropboxProvider, DropboxProviderOptions>(Name, Concurrency, configure, configureProvider);
}
