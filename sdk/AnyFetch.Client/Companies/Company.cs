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

    /// <summary>The languages of print in its pictures and scans, by tesseract's names; null where the server's are meant.</summary>
    public IReadOnlyList<string>? OcrLanguages { get; init; }

    /// <summary>Names of files that it does not want; null where the server's are meant.</summary>
    public IReadOnlyList<string>? JunkNames { get; init; }

    /// <summary>Names of folders whose content it does not want; null where the server's are meant.</summary>
    public IReadOnlyList<string>? JunkFolders { get; init; }

    /// <summary>How long a hydrater elsewhere may take to answer, in seconds; null where the server's time is meant.</summary>
    public int? CallbackSeconds { get; init; }

    /// <summary>Whether files stay once their documents are hydrated.</summary>
    public bool KeepOriginals { get; init; }

    /// <summary>When its sources were last updated; null when never.</summary>
    public DateTimeOffset? LastUpdate { get; init; }

    /// <summary>Subcompanies, recursively; only under <c>/subcompanies</c>.</summary>
    public IReadOnlyList<Company>? Childs { get; init; }
}
