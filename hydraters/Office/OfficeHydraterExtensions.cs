using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Office;

/// <summary>Adds the office hydrater to an application.</summary>
public static class OfficeHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddOfficeHydrater(
        this IServiceCollection services, Action<OfficeHydraterOptions>? configure = null)
    {
        services.AddOptions<OfficeHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new OfficeHydrater(provider.GetRequiredService<IOptions<OfficeHydraterOptions>>().Value));
    }
}
