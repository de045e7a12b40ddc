using AnyFetch.Core.Hydraters;
using AnyFetch.Filters;
using AnyFetch.Hydration.Filters;

namespace AnyFetch.Hydration.Rounds;

/// <summary>A hydrater that a company runs, with its filters compiled.</summary>
/// <param name="Hydrater">Its registration.</param>
/// <param name="Filters">Its filters.</param>
/// <param name="Order">Its place among all registrations: earlier ones win a mutual exclusion.</param>
internal sealed record EnabledHydrater(Hydrater Hydrater, FilterSet Filters, int Order)
{
    internal string Url => Hydrater.Url;

    internal int Priority => Hydrater.Priority;

    internal bool Excludes(EnabledHydrater other) => Hydrater.Excludes.Contains(other.Url, StringComparer.Ordinal);

    /// <summary>True when this one goes before the other where only one of them can.</summary>
    internal bool Precedes(EnabledHydrater other) =>
        Priority != other.Priority ? Priority > other.Priority : Order < other.Order;
}
