namespace AnyFetch.Client;

/// <summary>A company: a wall around users, documents and settings.</summary>
public sealed record Company
{
    /// <summary>24 hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name, unique over all companies.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether only trusted applications may send documents.</summary>
    public bool Secure { get; init; }

    /// <summary>The addresses of the company's hydraters.</summary>
    public IReadOnlyList<string> Hydraters { get; init; } = [];

    /// <summary>How many documents it holds.</summary>
    public long DocumentCount { get; init; }

    /// <summary>How many users it has.</summary>
    public int UserCount { get; init; }

    /// <summary>How many direct subcompanies it has.</summary>
    public int SubcompanyCount { get; init; }

    /// <summary>The most documents that one run of a source may add.</summary>
    public int DocumentsPerUpdate { get; init; }

    /// <summary>When its sources were last updated; null when never.</summary>
    public DateTimeOffset? LastUpdate { get; init; }

    /// <summary>Subcompanies, recursively; only under <c>/subcompanies</c>.</summary>
    public IReadOnlyList<Company>? Childs { get; init; }
}
