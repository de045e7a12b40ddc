using AnyFetch.Core.Companies;
using AnyFetch.Core.Settings;

namespace AnyFetch.Core.Hydration;

/// <summary>
/// Which companies let hydraters that are not the platform's act on other documents (hydration.md §8). None does unless
/// its administrator says so.
/// </summary>
public sealed class HydraterConsents(ISettingStore settings)
{
    private const string Prefix = "hydration.consent.";
    private const string Given = "yes";

    /// <summary>True when the company's external hydraters get access tokens with their tasks.</summary>
    public async ValueTask<bool> IsGivenAsync(CompanyId company, CancellationToken cancellationToken) =>
        await settings.FindAsync(Prefix + company, cancellationToken).ConfigureAwait(false) == Given;

    /// <summary>Gives the consent or takes it back; tokens that were handed out end with it.</summary>
    public ValueTask SetAsync(CompanyId company, bool isGiven, CancellationToken cancellationToken) =>
        settings.SetAsync(Prefix + company, isGiven ? Given : "no", cancellationToken);
}
