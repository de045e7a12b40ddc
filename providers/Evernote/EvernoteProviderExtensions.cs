using AnyFetch.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.Evernote;

/// <summary>Adds the Evernote provider to a host.</summary>
public static class EvernoteProviderExtensions
{
    /// <summary>The name that its options and its routes are found under.</summary>
    public const string Name = "evernote";

    private const int Concurrency = 2;

    /// <summary>Adds the provider under the name <c>evernote</c>; map it with <c>MapAnyFetchProvider(Name, prefix)</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">The application at Evernote.</param>
    /// <param name="configureProvider">The application's credentials at AnyFetch, and how runs behave; or null.</param>
    public static IServiceCollection AddEvernoteProvider(
        this IServiceCollection services,
        Action<EvernoteProviderOptions> configure,
        Action<AnyFetchProviderOptions>? configureProvider = null) =>
        services.AddSource<EvernoteProvider, EvernoteProviderOptions>(Name, Concurrency, configure, configureProvider);
}
