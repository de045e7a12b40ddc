using AnyFetch.Hydrater;
using AnyFetch.Hydraters.Filecleaner;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydraters.Archive;

/// <summary>Adds the archive hydrater to an application.</summary>
public static class ArchiveHydraterExtensions
{
    /// <summary>
    /// Registers the hydrater as an <see cref="IHydrater"/>. What the filecleaner takes for junk is left in archives.
    /// </summary>
    public static IServiceCollection AddArchiveHydrater(
        this IServiceCollection services, Action<ArchiveHydraterOptions>? configure = null)
    {
        services.AddOptions<ArchiveHydraterOptions>().Configure(options => configure?.Invoke(options))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IHydrater>(provider => new ArchiveHydrater(
            provider.GetRequiredService<IOptions<ArchiveHydraterOptions>>().Value,
            provider.GetRequiredService<IOptions<FilecleanerHydraterOptions>>().Value.Junk));
    }
}
