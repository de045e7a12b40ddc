using AnyFetch.Hydrater;

namespace AnyFetch.Hydraters.Tests.Hosts;

/// <summary>A hydrater made of a function, for the tests of the hosts.</summary>
internal sealed class FakeHydrater(
    Func<HydrationContext, CancellationToken, Task<HydrationResult>> hydrate, HydraterDescriptor? descriptor = null) : IHydrater
{
    internal static HydraterDescriptor Plain { get; } = new() { ShortName = "fake", Description = "For tests." };

    public HydraterDescriptor Descriptor { get; } = descriptor ?? Plain;

    internal static FakeHydrater Of(Func<HydrationContext, HydrationResult> hydrate, HydraterDescriptor? descriptor = null) =>
        new((context, _) => Task.FromResult(hydrate(context)), descriptor);

    public Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken) =>
        hydrate(context, cancellationToken);
}
