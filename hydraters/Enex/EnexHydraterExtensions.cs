using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Enex;

/// <summary>Adds the enex hydrater to an application.</summary>
public static class EnexHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddEnexHydrater(
        this IServiceCollection services, Action<EnexHydraterOptions>? configure = null)
    {
        services.AddOptions<EnexHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new EnexHydrater(provider.GetRequiredService<IOptions<EnexHydraterOptions>>().Value));
    }
}
