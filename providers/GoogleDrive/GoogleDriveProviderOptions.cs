using AnyFetch.Providers.GoogleAccounts;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>The application at Google, and how its drives are read.</summary>
public sealed class GoogleDriveProviderOptions : GoogleApplicationOptions
{
    /// <summary>Where Drive is asked. Default <c>https://www.googleapis.com/drive/v3/</c>.</summary>
    public Uri ApiUrl { get; set; } = new("https://www.googleapis.com/drive/v3/");

    /// <summary>Files or changes asked for per page, 1 to 1000. Default 1000.</summary>
    public int PageItemsMax { get; set; } = 1000;

    /// <summary>Folders whose names are remembered during a run. Default 100,000.</summary>
    public int FoldersMax { get; set; } = 100_000;

    /// <summary>Changes that one run reads of a drive; more wait for the next run. Default 200,000.</summary>
    public int ChangesMax { get; set; } = 200_000;

    /// <summary>
    /// Whether who may see a file in Drive may see its document: people by their addresses, if they are users here. Default
    /// false: the connecting user alone.
    /// </summary>
    public bool Permissions { get; set; }

    /// <summary>What documents, sheets, slides and drawings are exported as. Default <c>Pdf</c>.</summary>
    public DriveExport Export { get; set; } = DriveExport.Pdf;
}
