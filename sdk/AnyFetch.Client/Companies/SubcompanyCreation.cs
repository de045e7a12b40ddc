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

    /// <summary>The languages of print, by tesseract's names, at most 10; none for the server's. The parent's value when absent.</summary>
    public IReadOnlyList<string>? OcrLanguages { get; init; }

    /// <summary>
    /// Names of files that are not wanted; <c>*</c> stands for any characters (<see cref="AnyFetch.Client.JunkNames"/>). The parent's
    /// value when absent.
    /// </summary>
    public IReadOnlyList<string>? JunkNames { get; init; }

    /// <summary>Names of folders whose content is not wanted. The parent's value when absent.</summary>
    public IReadOnlyList<string>? JunkFolders { get; init; }

    /// <summary>How long a hydrater elsewhere may take to answer, in seconds, 1 to 86,400. The parent's value when absent.</summary>
    public int? CallbackSeconds { get; init; }

    /// <summary>Whether files stay once their documents are hydrated. The parent's value when absent.</summary>
    public bool? KeepOriginals { get; init; }
}
