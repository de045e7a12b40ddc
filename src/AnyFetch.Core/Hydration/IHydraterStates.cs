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

    /// <summary>How the answers of a hydrater elsewhere were, by its URL, on this node since it started.</summary>
    HydraterCounters CountersOf(string url);
}

/// <summary>What a hydrater elsewhere answered.</summary>
/// <param name="Answered">Answers that were taken, errors not counted.</param>
/// <param name="Errored">Documents that it said it cannot read, did not answer about in time, or could not be told of.</param>
/// <param name="AverageSeconds">From the dispatch of a document to the answer, in the mean. Null without any answer.</param>
public sealed record HydraterCounters(long Answered, long Errored, double? AverageSeconds);

/// <summary>How a hydrater that a company runs fares.</summary>
/// <param name="Hydrater">Its registration.</param>
/// <param name="Fault">
/// Why it does nothing at the moment, as a sentence: a program that it needs is missing on this machine, or it could not be
/// reached for some time. Null while it works.
/// </param>
public sealed record HydraterState(Hydrater Hydrater, string? Fault);
