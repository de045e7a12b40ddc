using AnyFetch.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>Adds the Google Drive provider to a host.</summary>
public static class GoogleDriveProviderExtensions
{
    /// <summary>The name that its options and its routes are found under.</summary>
    public const string Name = "google-drive";

    private const int Concurrency = 5;

    /// <summary>Adds the provider under the name <c>google-drive</c>; map it with <c>MapAnyFetchProvider(Name, prefix)</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">The application at Google.</param>
    /// <param name="configureProvider">The application's credentials at AnyFetch, and how runs behave; or null.</param>
    public static IServiceCollection AddGoogleDriveProvider(
        this IServiceCollection services,
        Action<GoogleDriveProviderOptions> configure,
        Action<AnyFetchProviderOptions>? configureProvider = null) =>
        services.AddSource<GoogleDriveProvider, GoogleDriveProviderOptions>(Name, Concurrency, configure, configureProvider);
}
