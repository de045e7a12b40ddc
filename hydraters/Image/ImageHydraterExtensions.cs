using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Image;

/// <summary>Adds the image hydrater to an application.</summary>
public static class ImageHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddImageHydrater(
        this IServiceCollection services, Action<ImageHydraterOptions>? configure = null)
    {
        services.AddOptions<ImageHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new ImageHydrater(provider.GetRequiredService<IOptions<ImageHydraterOptions>>().Value));
    }
}
