using AnyFetch.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Gmail;

/// <summary>Adds the Gmail provider to a host.</summary>
public static class GmailProviderExtensions
{
    /// <summary>The name that its options and its routes are found under.</summary>
    public const string Name = "gmail";

    private const int Concurrency = 5;

    /// <summary>Adds the provider under the name <c>gmail</c>; map it with <c>MapAnyFetchProvider(Name, prefix)</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">The application at Google.</param>
    /// <param name="configureProvider">The application's credentials at AnyFetch, and how runs behave; or null.</param>
    public static IServiceCollection AddGmailProvider(
        this IServiceCollection services,
        Action<GmailProviderOptions> configure,
        Action<AnyFetchProviderOptions>? configureProvider = null) =>
        services.AddSource<GmailProvider, GmailProviderOptions>(Name, Concurrency, configure, configureProvider);
}
