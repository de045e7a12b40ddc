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

    /// <summary>The languages of print, by tesseract's names, at most 10; none for the server's.</summary>
    public IReadOnlyList<string>? OcrLanguages { get; init; }

    /// <summary>Names of files that are not wanted; <c>*</c> stands for any characters (<see cref="AnyFetch.Client.JunkNames"/>).</summary>
    public IReadOnlyList<string>? JunkNames { get; init; }

    /// <summary>Names of folders whose content is not wanted.</summary>
    public IReadOnlyList<string>? JunkFolders { get; init; }

    /// <summary>How long a hydrater elsewhere may take to answer, in seconds, 1 to 86,400.</summary>
    public int? CallbackSeconds { get; init; }

    /// <summary>Whether files stay once their documents are hydrated.</summary>
    public bool? KeepOriginals { get; init; }
}
