using AnyFetch.Provider;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Providers;

/// <summary>Adds the built-in providers. They meet the core through their HTTP contract only.</summary>
internal static class ProviderExtensions
{
    private const int IconSecondsMax = 86400;

    public static IServiceCollection AddBuiltInProviders(
        this IServiceCollection services,
        IConfiguration configuration,
        ServerOptions server,
        ListenAddresses addresses)
    {
        var providers = new BuiltInProviders(configuration);
        services.AddSingleton(providers);
        services.AddSingleton<BuiltInProviderSecrets>();
        foreach (var missing in providers.Missing)
        {
            services.AddSingleton(missing.ToUnavailable(configuration));
        }

        if (!server.Has(ServerOptions.Api))
        {
            return services;
        }

        foreach (var provider in providers.Configured)
        {
            provider.Add(services, configuration, server.Data, options =>
            {
                ProviderHostingOptions.Apply(configuration, options);
                Identify(options, provider, server, addresses);
            });
        }

        return services;
    }

    public static void MapBuiltInProviders(this IEndpointRouteBuilder routes)
    {
        foreach (var provider in routes.ServiceProvider.GetRequiredService<BuiltInProviders>().Configured)
        {
            routes.MapAnyFetchProvider(provider.Name, provider.Path);
        }

        foreach (var provider in BuiltInProvider.All)
        {
            routes.MapGet(provider.Path + "/icon.svg", (HttpResponse response) => ShowIcon(response, provider));
        }
    }

    private static FileStreamHttpResult ShowIcon(HttpResponse response, BuiltInProvider provider)
    {
        response.Headers.CacheControl = $"public, max-age={IconSecondsMax}";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return TypedResults.Stream(
            typeof(AnyFetch.Providers.ProviderIcons).Assembly.GetManifestResourceStream(provider.Folder + "/icon.svg")!,
            "image/svg+xml");
    }

    /// <summary>Tells a provider who it is and where the rest of the platform stands.</summary>
    private static void Identify(
        AnyFetchProviderOptions options,
        BuiltInProvider provider,
        ServerOptions server,
        ListenAddresses addresses)
    {
        options.StoreDirectory = Path.Combine(server.Data, "providers", provider.Name);
        options.StopSeconds = server.ShutdownSeconds;
        options.ApiUrlsAllowed.Add(addresses.PublicUrl.AbsoluteUri);
        options.ResolveIdentity = async (services, cancellationToken) => new ProviderIdentity(
            provider.Id.ToString(),
            await services.GetRequiredService<BuiltInProviderSecrets>().OfAsync(provider, cancellationToken)
                .ConfigureAwait(false),
            provider.UrlOn(addresses.PublicUrl),
            addresses.PublicUrl.AbsoluteUri,
            addresses.LocalUrl.AbsoluteUri);
    }
}
