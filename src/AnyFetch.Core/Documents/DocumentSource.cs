namespace AnyFetch.Core.Documents;

/// <summary>
/// The legacy <c>source</c> field (legacy-providers-api §2, §3.5): absent, explicitly null (the uploaded file is kept
/// after hydration because nobody else has it), or the URL of the original.
/// </summary>
public readonly record struct DocumentSource
{
    private DocumentSource(bool keepsFile, string? url)
    {
        KeepsFile = keepsFile;
        Url = url;
    }

    /// <summary>True for an explicit null: the file outlives its hydration.</summary>
    public bool KeepsFile { get; }

    /// <summary>The original's URL, null when absent or explicitly null.</summary>
    public string? Url { get; }

    /// <summary>Nothing was said: the file is discarded after hydration.</summary>
    public static DocumentSource Absent => default;

    /// <summary>An explicit null.</summary>
    public static DocumentSource KeepFile => new(true, null);

    /// <summary>The original can be fetched again from this URL.</summary>
    public static DocumentSource FromUrl(string url) => new(false, url);
}
