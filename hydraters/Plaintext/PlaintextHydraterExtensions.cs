using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Hydraters.Plaintext;

/// <summary>Adds the plaintext hydrater to an application.</summary>
public static class PlaintextHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddPlaintextHydrater(
        this IServiceCollection services, Action<PlaintextHydraterOptions>? configure = null)
    {
        services.AddOptions<PlaintextHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider => new PlaintextHydrater(
            provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<PlaintextHydraterOptions>>().Value));
    }
}
