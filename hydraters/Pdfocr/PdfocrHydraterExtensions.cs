using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Pdfocr;

/// <summary>Adds the pdfocr hydrater to an application.</summary>
public static class PdfocrHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddPdfocrHydrater(
        this IServiceCollection services, Action<PdfocrHydraterOptions>? configure = null)
    {
        services.AddOptions<PdfocrHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new PdfocrHydrater(provider.GetRequiredService<IOptions<PdfocrHydraterOptions>>().Value));
    }
}
