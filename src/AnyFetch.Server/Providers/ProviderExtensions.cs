using AnyFetch.Provider;
using AnyFetch.Providers.LocalDirectory;
using AnyFetch.Server.Configuration;
using AnyFetch.Server.Directories;
using AnyFetch.Server.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Providers;

/// <summary>Adds the built-in providers. They meet the core through their HTTP contract only.</summary>
internal static class ProviderExtensions
{
    public static IServiceCollection AddBuiltInProviders(
        this IServiceCollection services,
        IConfiguration configuration,
        ServerOptions server,
        ListenAddresses addresses)
    {
        services.AddSingleton<BuiltInProviderSecrets>();
        if (!server.Has(ServerOptions.Api))
        {
            return services;
        }

        services.AddLocalDirectoryProvider(
            options =>
            {
                configuration.GetSection(OptionSections.LocalDirectory).Bind(options);
                foreach (var directory in AllowedDirectories.Read(server.Data))
                {
                    options.AllowedRoots.Add(directory);
                }
            },
            options => Identify(options, BuiltInProvider.LocalDirectory, server, addresses));
        return services;
    }

    public static void MapBuiltInProviders(this IEndpointRouteBuilder routes)
    {
        foreach (var provider in BuiltInProvider.All)
        {
            routes.MapAnyFetchProvider(provider.Name, provider.Path);
        }
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
