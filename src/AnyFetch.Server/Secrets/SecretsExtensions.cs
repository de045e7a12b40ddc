using AnyFetch.Core.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Server.Secrets;

/// <summary>Adds the protection of what must be kept and read again: basic tokens, sessions.</summary>
internal static class SecretsExtensions
{
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("AnyFetch");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options =>
                options.XmlRepository = new SettingKeyRing(provider.GetRequiredService<ISettingStore>())));
        return services;
    }
}
