using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Hydraters;
using AnyFetch.Manager.Applications;
using AnyFetch.Manager.Codes;
using AnyFetch.Manager.Exchange;
using AnyFetch.Manager.Http;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Manager;

/// <summary>Registers the manager.</summary>
public static class ManagerExtensions
{
    /// <summary>
    /// Adds the manager. Its options come from the section <see cref="ManagerOptions.Section"/>, bound by the host;
    /// the stores of users, companies, clients, tokens and settings, the provider gateway, and where data protection keeps
    /// its keys are the host's too.
    /// </summary>
    public static IServiceCollection AddManager(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ManagerOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<CredentialChanges>();
        services.TryAddSingleton<ClientTokenSecrets>();
        services.TryAddSingleton<HydraterCatalog>();
        services.AddSingleton<Origins>();
        services.AddSingleton<Operators>();
        services.AddSingleton<AuthorizationCodeIssuer>();
        services.AddSingleton<TokenRevocation>();
        services.AddSingleton<CodeExchange>();
        services.AddHostedService<CodeCleanup>();
        services.AddSessions();
        return services;
    }

    private static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<BearerSignIn>();
        services.AddSingleton<ReturnAddress>();
        services.TryAddSingleton<AttemptCounter>();
        services.TryAddSingleton<UserPasswords>();
        services.TryAddSingleton<BasicTokens>();
        services.AddDataProtection();

        // The store is as protected as the documents in it; a warning that its keys are not encrypted twice helps nobody.
        services.AddLogging(log => log.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));

        // A form whose proof is broken is refused; that is its sender's fault and no error of the server.
        services.AddLogging(log => log.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Critical));
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure(options =>
        {
            options.Cookie.Name = "anyfetch_form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "proof";
            options.SuppressXFrameOptionsHeader = true;
        });
    }
}
