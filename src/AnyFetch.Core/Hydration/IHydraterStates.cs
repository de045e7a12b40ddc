using AnyFetch.Core.Companies;
using AnyFetch.Core.Hydraters;

namespace AnyFetch.Core.Hydration;

/// <summary>Tells which hydraters do nothing, and why, as far as this node knows.</summary>
public interface IHydraterStates
{
    /// <summary>The hydraters that a company runs, in the order of their registration, and how each fares.</summary>
    ValueTask<IReadOnlyList<HydraterState>> ListAsync(CompanyId company, CancellationToken cancellationToken);

    /// <summary>One sentence for each hydrater inside that cannot work on this machine. Nothing is given to those.</summary>
    IReadOnlyList<string> ListUnavailable();
}

/// <summary>How a hydrater that a company runs fares.</summary>
/// <param name="Hydrater">Its registration.</param>
/// <param name="Fault">
/// Why it does nothing at the moment, as a sentence: a program that it needs is missing on this machine, or it could not be
/// reached for some time. Null while it works.
/// </param>
public sealed record HydraterState(Hydrater Hydrater, string? Fault);
