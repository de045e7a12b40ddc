using AnyFetch.Hydrater;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Hydraters.Event;

/// <summary>Adds the event hydrater to an application.</summary>
public static class EventHydraterExtensions
{
    /// <summary>Registers the hydrater as an <see cref="IHydrater"/>.</summary>
    public static IServiceCollection AddEventHydrater(this IServiceCollection services) =>
        services.AddSingleton<IHydrater>(new EventHydrater());
}
