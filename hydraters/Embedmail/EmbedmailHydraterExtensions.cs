using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Embedmail;

/// <summary>Adds the embedmail hydrater to an application.</summary>
public static class EmbedmailHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddEmbedmailHydrater(
        this IServiceCollection services, Action<EmbedmailHydraterOptions>? configure = null)
    {
        services.AddOptions<EmbedmailHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new EmbedmailHydrater(provider.GetRequiredService<IOptions<EmbedmailHydraterOptions>>().Value));
    }
}
