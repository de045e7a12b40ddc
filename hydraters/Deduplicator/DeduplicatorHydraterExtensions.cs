using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Deduplicator;

/// <summary>Adds the deduplicator to an application.</summary>
public static class DeduplicatorHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddDeduplicatorHydrater(
        this IServiceCollection services, Action<DeduplicatorHydraterOptions>? configure = null)
    {
        services.AddOptions<DeduplicatorHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new DeduplicatorHydrater(provider.GetRequiredService<IOptions<DeduplicatorHydraterOptions>>().Value));
    }
}
