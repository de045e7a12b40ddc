using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Ics;

/// <summary>Adds the ics hydrater to an application.</summary>
public static class IcsHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddIcsHydrater(
        this IServiceCollection services, Action<IcsHydraterOptions>? configure = null)
    {
        services.AddOptions<IcsHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new IcsHydrater(provider.GetRequiredService<IOptions<IcsHydraterOptions>>().Value));
    }
}
