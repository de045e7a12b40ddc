using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Vcard;

/// <summary>Adds the vcard hydrater to an application.</summary>
public static class VcardHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddVcardHydrater(
        this IServiceCollection services, Action<VcardHydraterOptions>? configure = null)
    {
        services.AddOptions<VcardHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new VcardHydrater(provider.GetRequiredService<IOptions<VcardHydraterOptions>>().Value));
    }
}
