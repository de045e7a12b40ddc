using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Eml;

/// <summary>Adds the eml hydrater to an application.</summary>
public static class EmlHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddEmlHydrater(
        this IServiceCollection services, Action<EmlHydraterOptions>? configure = null)
    {
        services.AddOptions<EmlHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new EmlHydrater(provider.GetRequiredService<IOptions<EmlHydraterOptions>>().Value));
    }
}
