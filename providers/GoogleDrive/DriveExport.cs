using System.Collections.Frozen;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>What Google's own documents become.</summary>
public enum DriveExport
{
    /// <summary>PDF, all of them.</summary>
    Pdf,

    /// <summary>Word, Excel and PowerPoint; drawings PDF.</summary>
    Office,
}

/// <summary>A form that a document can be had in.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Ending">Its files' ending.</param>
internal sealed record DriveFormat(string Type, string Ending)
{
    private const string Native = "application/vnd.google-apps.";
    private const string Office = "application/vnd.openxmlformats-officedocument.";

    private static readonly DriveFormat Pdf = new("application/pdf", ".pdf");

    private static readonly FrozenDictionary<string, DriveFormat> OfficeFormats = new Dictionary<string, DriveFormat>
    {
        [Native + "document"] = new(Office + "wordprocessingml.document", ".docx"),
        [Native + "spreadsheet"] = new(Office + "spreadsheetml.sheet", ".xlsx"),
        [Native + "presentation"] = new(Office + "presentationml.presentation", ".pptx"),
        [Native + "drawing"] = Pdf,
    }.ToFrozenDictionary();

    /// <summary>Whether something of this type has no content of its own: a document, a form, a folder.</summary>
    public static bool IsNative(string type) => type.StartsWith(Native, StringComparison.Ordinal);

    /// <summary>What a document of this type is exported as; null when it cannot be.</summary>
    public static DriveFormat? Of(string type, DriveExport export) =>
        OfficeFormats.TryGetValue(type, out var format) ? (export == DriveExport.Pdf ? Pdf : format) : null;
}
