using System.Collections.Concurrent;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Hydraters;
using AnyFetch.Filters;
using AnyFetch.Hydration.Filters;
using AnyFetch.Hydration.Rounds;
using AnyFetch.Hydration.Workers;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydration.Dispatch;

/// <summary>
/// The hydraters of each company with compiled filters, kept in memory: every change in the feed asks for them.
/// </summary>
internal sealed partial class HydraterStacks(
    ICompanyStore companies,
    HydraterCatalog catalog,
    JobRouting routing,
    TimeProvider timeProvider,
    ILogger<HydraterStacks> logger)
{
    /// <summary>For how long another node's change of a company's list may go unseen, in seconds.</summary>
    internal const int LifetimeSeconds = 1;

    /// <summary>Companies, and different filters, that are remembered before the memory is emptied.</summary>
    private const int EntriesMax = 10_000;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(LifetimeSeconds);

    private readonly ConcurrentDictionary<CompanyId, Entry> _entries = new();
    private readonly ConcurrentDictionary<string, FilterSet> _filters = new(StringComparer.Ordinal);

    internal ValueTask<HydraterStack> GetAsync(CompanyId company, CancellationToken cancellationToken) =>
        _entries.TryGetValue(company, out var entry) && timeProvider.GetElapsedTime(entry.At) < s_lifetime
            ? new ValueTask<HydraterStack>(entry.Stack)
            : LoadAsync(company, cancellationToken);

    private async ValueTask<HydraterStack> LoadAsync(CompanyId company, CancellationToken cancellationToken)
    {
        var at = timeProvider.GetTimestamp();
        var found = await companies.FindAsync(company, cancellationToken).ConfigureAwait(false);
        var hydraters = await catalog.GetAsync(cancellationToken).ConfigureAwait(false);
        var stack = found is null ? HydraterStack.Empty : Build(found, hydraters);
        if (_entries.Count >= EntriesMax)
        {
            _entries.Clear();
        }

        _entries[company] = new Entry(stack, at);
        return stack;
    }

    private HydraterStack Build(Company company, HydraterSet hydraters)
    {
        var enabled = company.Hydraters.ToHashSet(StringComparer.Ordinal);
        return new HydraterStack(
            [.. hydraters.All
                .Select((hydrater, order) => (hydrater, order))
                .Where(h => enabled.Contains(h.hydrater.Url) && !routing.IsUnavailable(h.hydrater.Url))
                .Select(h => new EnabledHydrater(
                    h.hydrater, Compile(h.hydrater.ShortName, routing.FiltersOf(h.hydrater, company.Hydration)), h.order))])
        {
            Company = company.Hydration,
        };
    }

    private FilterSet Compile(string shortName, string text)
    {
        if (_filters.TryGetValue(text, out var known))
        {
            return known;
        }

        var filters = FilterSet.Parse(text, out var error);
        if (filters is null)
        {
            LogInvalid(shortName, error!);
        }

        if (_filters.Count >= EntriesMax)
        {
            _filters.Clear();
        }

        return _filters[text] = filters ?? FilterSet.Nothing;
    }

    [LoggerMessage(5001, LogLevel.Error, "The filters of hydrater {ShortName} cannot be used, so it matches nothing: {Error}")]
    private partial void LogInvalid(string shortName, string error);

    private sealed record Entry(HydraterStack Stack, long At);
}
