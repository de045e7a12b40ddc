using System.Globalization;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Hydration.Workers;

/// <inheritdoc/>
internal sealed class HydraterStates(
    ICompanyStore companies,
    HydraterCatalog catalog,
    JobRouting routing,
    CircuitBreakers circuits,
    AnswerMeter answers) : IHydraterStates
{
    public async ValueTask<IReadOnlyList<HydraterState>> ListAsync(
        CompanyId company,
        CancellationToken cancellationToken)
    {
        if (await companies.FindAsync(company, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return [];
        }

        var hydraters = await catalog.GetAsync(cancellationToken).ConfigureAwait(false);
        var enabled = found.Hydraters.ToHashSet(StringComparer.Ordinal);
        return [.. hydraters.All.Where(h => enabled.Contains(h.Url)).Select(h => new HydraterState(h, FindFault(h.Url)))];
    }

    public IReadOnlyList<string> ListUnavailable() =>
        [.. routing.InProcess
            .Where(h => h.Unavailable is not null)
            .OrderBy(h => h.ShortName, StringComparer.Ordinal)
            .Select(h => $"Hydrater {h.ShortName} is off: {h.Unavailable}")];

    public HydraterCounters CountersOf(string url) => answers.Of(url);

    private string? FindFault(string url) => routing.InProcess.FirstOrDefault(h => h.Url == url) is { } inProcess
        ? inProcess.Unavailable
        : circuits.OpenUntil(url) is { } until
            ? string.Create(CultureInfo.InvariantCulture, $"It could not be reached; it is called again at {until:HH:mm} UTC.")
            : null;
}
