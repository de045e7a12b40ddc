using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Filecleaner;

/// <summary>Adds the filecleaner to an application.</summary>
public static class FilecleanerHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddFilecleanerHydrater(
        this IServiceCollection services, Action<FilecleanerHydraterOptions>? configure = null)
    {
        services.AddOptions<FilecleanerHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new FilecleanerHydrater(provider.GetRequiredService<IOptions<FilecleanerHydraterOptions>>().Value));
    }
}
