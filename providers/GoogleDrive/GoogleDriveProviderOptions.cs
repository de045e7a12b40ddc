using System.ComponentModel.DataAnnotations;
using AnyFetch.Providers.GoogleAccounts;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>The application at Google, and how its drives are read.</summary>
public sealed class GoogleDriveProviderOptions : GoogleApplicationOptions, IValidatableObject
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

    /// <summary>
    /// Whether Drive is asked to say when something changed, so that it is found within a minute. It needs an address that is
    /// https and public; where there is none, changes are found by the schedule alone. Default true.
    /// </summary>
    public bool Notices { get; set; } = true;

    /// <summary>
    /// Where Drive sends its notices, when that is not this provider's own address: <c>https</c>, public, leading to the
    /// provider's <c>/webhook</c>. Default empty: its own address.
    /// </summary>
    public string NoticeUrl { get; set; } = "";

    /// <summary>For how long Drive is asked to send notices before it must be asked again, in hours, 1 to 168. Default 168.</summary>
    [Range(1, 168)]
    public int NoticeHoursMax { get; set; } = 168;

    /// <summary>What documents, sheets, slides and drawings are exported as. Default <c>Pdf</c>.</summary>
    public DriveExport Export { get; set; } = DriveExport.Pdf;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (NoticeUrl.Length > 0 && !DriveNotices.IsPublic(NoticeUrl))
        {
            yield return new ValidationResult(
                "Drive sends notices to public https addresses alone.", [nameof(NoticeUrl)]);
        }
    }
}
