using AnyFetch.Hydrater;
using AnyFetch.Hydraters.Office;

namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>
/// Office documents without a reader of our own (Word, Excel and PowerPoint before 2007, binary workbooks, Keynote):
/// LibreOffice makes of them what there is a reader for, so that they get the same headings, tables, dates and notes.
/// </summary>
internal static class LegacyOfficeFormat
{
    /// <summary>Whether content of that type has to be converted first.</summary>
    internal static bool Knows(string contentType) => TargetOf(contentType).Length > 0;

    /// <summary>Converts the file and reads what came out.</summary>
    internal static async Task ReadAsync(
        ExtractedDocument document, HydrationContext context, PlaintextHydraterOptions options,
        CancellationToken cancellationToken)
    {
        var office = new LibreOffice(context, new LibreOfficeOptions
        {
            ConversionSeconds = options.ConversionSeconds,
            MemoryBytesMax = options.OfficeMemoryBytesMax,
            FileBytesMax = options.OfficeFileBytesMax,
        });
        var target = TargetOf(document.ContentType);
        var extension = OfficeFormat.ByType(document.ContentType)!;
        var path = await office.ConvertAsync(extension, target, cancellationToken).ConfigureAwait(false);
        FormatReader read = target switch
        {
            "docx" => WordFormat.Read,
            "xlsx" => SpreadsheetFormat.Read,
            _ => PresentationFormat.Read,
        };
        read(new FormatInput(path, options.TextFileBytesMax), document, cancellationToken);
    }

    private static string TargetOf(string contentType) => contentType switch
    {
        "application/msword" => "docx",
        "application/vnd.ms-excel" or "application/vnd.ms-excel.sheet.binary.macroEnabled.12" => "xlsx",
        "application/vnd.ms-powerpoint" or "application/vnd.apple.keynote" => "pptx",
        _ => "",
    };
}
