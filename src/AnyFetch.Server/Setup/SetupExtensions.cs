using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Setup;

/// <summary>Adds what happens before the first request.</summary>
internal static class SetupExtensions
{
    public static IServiceCollection AddSetup(this IServiceCollection services)
    {
        services.AddSingleton<DocumentTypeCatalog>();
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<FirstAdministrator>();
        services.AddHostedService<ServerSetup>();
        return services;
    }
}
