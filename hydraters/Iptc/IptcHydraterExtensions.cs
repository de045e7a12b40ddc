using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Iptc;

/// <summary>Adds the iptc hydrater to an application.</summary>
public static class IptcHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddIptcHydrater(
        this IServiceCollection services, Action<IptcHydraterOptions>? configure = null)
    {
        services.AddOptions<IptcHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new IptcHydrater(provider.GetRequiredService<IOptions<IptcHydraterOptions>>().Value));
    }
}
