using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Manager.Codes;
using AnyFetch.Manager.Exchange;
using AnyFetch.Manager.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AnyFetch.Manager;

/// <summary>Registers the manager.</summary>
public static class ManagerExtensions
{
    /// <summary>
    /// Adds the manager. Its options come from the section <see cref="ManagerOptions.Section"/>, bound by the host;
    /// the stores of users, companies, clients, tokens and settings are the host's too.
    /// </summary>
    public static IServiceCollection AddManager(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ManagerOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<CredentialChanges>();
        services.TryAddSingleton<ClientTokenSecrets>();
        services.AddSingleton<Origins>();
        services.AddSingleton<AuthorizationCodeIssuer>();
        services.AddSingleton<TokenRevocation>();
        services.AddSingleton<CodeExchange>();
        services.AddHostedService<CodeCleanup>();
        return services;
    }
}
