using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Markdown;

/// <summary>Adds the markdown hydrater to an application.</summary>
public static class MarkdownHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddMarkdownHydrater(
        this IServiceCollection services, Action<MarkdownHydraterOptions>? configure = null)
    {
        services.AddOptions<MarkdownHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider =>
            new MarkdownHydrater(provider.GetRequiredService<IOptions<MarkdownHydraterOptions>>().Value));
    }
}
