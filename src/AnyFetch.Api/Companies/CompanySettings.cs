using AnyFetch.Api.Http.Parameters;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Hydraters;

namespace AnyFetch.Api.Companies;

/// <summary>Reads the settings that callers may give a company, with the rules that they obey.</summary>
internal sealed class CompanySettings(HydraterCatalog catalog, CompanyTree companies)
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameCharsMax = 200;

    private const string HydrateSuffix = "/hydrate";

    /// <summary>
    /// The company with the settings that the parameters hold. Wrong ones are noted in <paramref name="parameters"/>.
    /// </summary>
    /// <param name="company">What the settings are applied to.</param>
    /// <param name="documentsPerUpdateMax">What <c>documents_per_update</c> may be at most.</param>
    /// <param name="parameters">What the caller sent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Company> ApplyAsync(
        Company company,
        int documentsPerUpdateMax,
        ApiParameters parameters,
        CancellationToken cancellationToken)
    {
        var name = parameters.Text("name");
        if (name is not null && name != company.Name && !IsName(name))
        {
            parameters.Refuse("name", $"must be 1 to {NameCharsMax} letters, digits, '@', '.', '-' or '_'");
        }

        var hydraters = await ReadHydratersAsync(company, parameters, cancellationToken).ConfigureAwait(false);
        var documentsPerUpdate = parameters.Integer("documents_per_update");
        if (documentsPerUpdate < 1 || documentsPerUpdate > documentsPerUpdateMax)
        {
            parameters.Refuse("documents_per_update", $"must be a whole number from 1 to {documentsPerUpdateMax}");
        }

        return company with
        {
            Name = name ?? company.Name,
            IsSecure = parameters.Bool("secure") ?? company.IsSecure,
            Hydraters = hydraters ?? company.Hydraters,
            Hydration = CompanyHydrationSettings.Apply(company.Hydration, parameters),
            DocumentsPerUpdate = parameters.Error is null
                ? (int)(documentsPerUpdate ?? company.DocumentsPerUpdate)
                : company.DocumentsPerUpdate,
        };
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= NameCharsMax
        && name.All(c => char.IsLetterOrDigit(c) || c is '@' or '-' or '_' or '.');

    /// <summary>URLs, with or without <c>/hydrate</c>, and ids are understood (api.md §8, 7).</summary>
    private async ValueTask<IReadOnlyList<string>?> ReadHydratersAsync(
        Company company,
        ApiParameters parameters,
        CancellationToken cancellationToken)
    {
        if (parameters.Texts("hydraters") is not { } entries)
        {
            return null;
        }

        var all = await catalog.GetAsync(cancellationToken).ConfigureAwait(false);
        var urls = new List<string>(entries.Count);
        foreach (var entry in entries)
        {
            var hydrater = HydraterId.TryParse(entry, out var id) ? all.Find(id) : null;
            hydrater ??= all.Find(entry) ?? all.Find(entry.TrimEnd('/') + HydrateSuffix);
            if (hydrater is null
                || !await companies.CanUseAsync(company, hydrater.Owner, cancellationToken).ConfigureAwait(false))
            {
                parameters.Refuse("hydraters", "names a hydrater that does not exist");
                return null;
            }

            if (!urls.Contains(hydrater.Url))
            {
                urls.Add(hydrater.Url);
            }
        }

        return urls;
    }
}
