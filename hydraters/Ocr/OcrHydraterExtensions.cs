using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Ocr;

/// <summary>Adds the ocr hydrater to an application.</summary>
public static class OcrHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddOcrHydrater(
        this IServiceCollection services, Action<OcrHydraterOptions>? configure = null)
    {
        services.AddOptions<OcrHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new OcrHydrater(provider.GetRequiredService<IOptions<OcrHydraterOptions>>().Value));
    }
}
