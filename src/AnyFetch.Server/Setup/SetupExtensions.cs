using AnyFetch.Core.DocumentTypes;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Setup;

/// <summary>Adds what happens before the first request.</summary>
internal static class SetupExtensions
{
    public static IServiceCollection AddSetup(this IServiceCollection services)
    {
        services.AddSingleton<DocumentTypeCatalog>();
        services.AddSingleton<FirstAdministrator>();
        services.AddHostedService<ServerSetup>();
        return services;
    }
}
