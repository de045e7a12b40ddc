using System.Text.Json;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Api.Representations;

/// <summary>What a company sees of a hydrater: of its own everything that it registered and how it fares, of others what they do.</summary>
internal sealed class HydraterViews(IHydraterStates states, ICompanyStore companies)
{
    /// <summary>What a company sees of some hydraters, to be written.</summary>
    public async ValueTask<Action<Utf8JsonWriter, Hydrater>> ForAsync(CompanyId company, CancellationToken cancellationToken)
    {
        // Read now: who registers a hydrater has it enabled by that.
        var enabled = (await companies.FindAsync(company, cancellationToken).ConfigureAwait(false))?.Hydraters ?? [];
        return (writer, hydrater) =>
        {
            if (hydrater.Owner == company)
            {
                HydraterWriter.WriteOwn(writer, hydrater, enabled.Contains(hydrater.Url), states.CountersOf(hydrater.Url));
            }
            else
            {
                HydraterWriter.Write(writer, hydrater);
            }
        };
    }
}
