using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Ids;
using AnyFetch.Hydrater;
using AnyFetch.Hydraters;
using AnyFetch.Server.Http;

namespace AnyFetch.Server.Setup;

/// <summary>The registrations of the hydraters that run inside this server, under the server's own URL.</summary>
internal sealed class BuiltInHydraterRecords(IEnumerable<IHydrater> hydraters, ListenAddresses addresses)
{
    /// <summary>All of them, in the order of their registration.</summary>
    public IReadOnlyList<Core.Hydraters.Hydrater> All { get; } =
        [.. hydraters.Select(h => Of(h.Descriptor, addresses.PublicUrl))];

    /// <summary>Those that a new company runs.</summary>
    public DefaultHydraters Defaults { get; } = new(
    [
        .. hydraters.Select(h => h.Descriptor.ShortName).Where(BuiltInHydraters.IsDefault)
            .Select(name => UrlOf(name, addresses.PublicUrl)),
    ]);

    /// <summary>The filters of a hydrater for a company that says something about hydration; null for the registered ones.</summary>
    public string? FiltersFor(HydraterDescriptor descriptor, CompanySettings company) =>
        descriptor.CompanyFilters(company) is { } filters
            ? FiltersOf(HydraterRegistration.Of(descriptor with { Filters = filters }, name => UrlOf(name, addresses.PublicUrl)))
            : null;

    private static string FiltersOf(HydraterRegistration record) =>
        "[" + string.Join(',', record.Filters.Select(f => f.GetRawText())) + "]";

    private static string UrlOf(string shortName, Uri publicUrl) =>
        new Uri(publicUrl, $"hydraters/{shortName}/hydrate").AbsoluteUri;

    private static Core.Hydraters.Hydrater Of(HydraterDescriptor descriptor, Uri publicUrl)
    {
        var record = HydraterRegistration.Of(descriptor, shortName => UrlOf(shortName, publicUrl));
        return new Core.Hydraters.Hydrater
        {
            Id = new HydraterId(ObjectId.Parse(BuiltInHydraters.IdOf(record.ShortName)!)),
            Url = record.Url,
            ShortName = record.ShortName,
            Description = record.Description,
            Filters = FiltersOf(record),
            Priority = record.Priority,
            Excludes = record.Excludes,
            RerunOn = record.RerunOn,
        };
    }
}
