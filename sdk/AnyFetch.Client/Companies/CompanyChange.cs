namespace AnyFetch.Client;

/// <summary>What to set on a company; absent members stay as they are.</summary>
public sealed record CompanyChange
{
    /// <summary>The name: letters, digits and <c>@ - _ .</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Addresses or ids of hydraters.</summary>
    public IReadOnlyList<string>? Hydraters { get; init; }

    /// <summary>The most documents per run; a company can only lower its own.</summary>
    public int? DocumentsPerUpdate { get; init; }

    /// <summary>Whether only trusted applications may send documents.</summary>
    public bool? Secure { get; init; }
}
