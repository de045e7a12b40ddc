using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Pdf;

/// <summary>Adds the pdf hydrater to an application.</summary>
public static class PdfHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddPdfHydrater(
        this IServiceCollection services, Action<PdfHydraterOptions>? configure = null)
    {
        services.AddOptions<PdfHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new PdfHydrater(provider.GetRequiredService<IOptions<PdfHydraterOptions>>().Value));
    }
}
