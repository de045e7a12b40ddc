namespace AnyFetch.Manager.Marketplace;

/// <summary>A provider that users may connect (auth-and-tenancy §4.4).</summary>
internal sealed record MarketplaceEntry(
    string Id,
    string Name,
    string RedirectUri,
    MarketplaceDeveloper Developer,
    bool Trusted,
    bool Featured,
    string? Description);

/// <summary>Who made it.</summary>
internal sealed record MarketplaceDeveloper(string Name);
