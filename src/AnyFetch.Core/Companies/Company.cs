namespace AnyFetch.Core.Companies;

/// <summary>Holds users, documents, tokens, custom types and hydraters. Data never crosses companies.</summary>
public sealed record Company
{
    /// <summary>Documents that a provider may add in one run when a root company says nothing.</summary>
    public const int DocumentsPerUpdateDefault = 2500;

    public required CompanyId Id { get; init; }

    /// <summary>Globally unique.</summary>
    public required string Name { get; init; }

    /// <summary>Null for a root company.</summary>
    public CompanyId? Parent { get; init; }

    /// <summary>While true only trusted clients may write documents and document types (auth-and-tenancy §3).</summary>
    public bool IsSecure { get; init; }

    /// <summary>The cap on what a provider adds in one run. The company can only lower it.</summary>
    public int DocumentsPerUpdate { get; init; } = DocumentsPerUpdateDefault;

    /// <summary>The URLs of the hydraters that this company runs.</summary>
    public required IReadOnlyList<string> Hydraters { get; init; }

    /// <summary>What it says about how its documents are hydrated.</summary>
    public CompanyHydration Hydration { get; init; } = CompanyHydration.Unsaid;

    /// <summary>When its providers were last asked to update; null when never.</summary>
    public DateTimeOffset? LastUpdate { get; init; }
}
