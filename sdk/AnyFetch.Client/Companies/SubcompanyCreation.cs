namespace AnyFetch.Client;

/// <summary>A subcompany to create.</summary>
public sealed record SubcompanyCreation
{
    /// <summary>The id of the user who moves in as its first administrator; not the caller.</summary>
    public required string User { get; init; }

    /// <summary>The name: letters, digits and <c>@ - _ .</c>, unique over all companies.</summary>
    public required string Name { get; init; }

    /// <summary>Addresses or ids of hydraters; the default set when absent.</summary>
    public IReadOnlyList<string>? Hydraters { get; init; }

    /// <summary>The parent's value when absent.</summary>
    public bool? Secure { get; init; }

    /// <summary>The parent's value when absent.</summary>
    public int? DocumentsPerUpdate { get; init; }
}
